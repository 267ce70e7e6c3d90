import { expect, test } from 'vitest'
import { ForbiddenBackoff } from '../../src/sync/forbidden-backoff.ts'
import { ManualClock } from '../support/manual-clock.ts'

const GUILD = '1429801323724800002'
const DAY = 86_400_000
const refused = new Error('refused')

test('after one refusal Discord may be asked again at once', () => {
  const forbiddenBackoff = new ForbiddenBackoff(new ManualClock())
  forbiddenBackoff.note(GUILD, refused)
  expect(() => forbiddenBackoff.check(GUILD)).not.toThrow()
})

test('each further refusal stands for twice as long, up to five minutes', () => {
  const clock = new ManualClock()
  const forbiddenBackoff = new ForbiddenBackoff(clock)
  forbiddenBackoff.note(GUILD, refused)
  const stood: number[] = []
  for (let count = 0; count < 10; count++) {
    forbiddenBackoff.note(GUILD, refused)
    let seconds = 0
    for (; ; seconds++) {
      try {
        forbiddenBackoff.check(GUILD)
        break
      } catch {
        clock.advance(1000)
      }
    }
    stood.push(seconds)
  }
  expect(stood).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
})

test('a refusal concerns one guild, and is forgotten once Discord gives way', () => {
  const forbiddenBackoff = new ForbiddenBackoff(new ManualClock())
  forbiddenBackoff.note(GUILD, refused)
  forbiddenBackoff.note(GUILD, refused)
  expect(() => forbiddenBackoff.check('1')).not.toThrow()
  expect(() => forbiddenBackoff.check(GUILD)).toThrow(refused)
  forbiddenBackoff.forget(GUILD)
  expect(() => forbiddenBackoff.check(GUILD)).not.toThrow()
})

test('a refusal stands as long, however the machine’s clock steps', () => {
  const host = new ManualClock()
  const forbiddenBackoff = new ForbiddenBackoff(host)
  forbiddenBackoff.note(GUILD, refused)
  forbiddenBackoff.note(GUILD, refused)
  expect(() => forbiddenBackoff.check(GUILD)).toThrow(refused)
  host.step(-2 * DAY)
  expect(() => forbiddenBackoff.check(GUILD)).toThrow(refused)
  host.advance(2000)
  expect(() => forbiddenBackoff.check(GUILD)).not.toThrow()
})
