import { expect, test } from 'vitest'
import { Refusals } from '../../src/sync/forbidden-backoff.ts'
import { ManualClock } from '../support/manual-clock.ts'

const GUILD = '1429801323724800002'
const DAY = 86_400_000
const refused = new Error('refused')

test('after one refusal Discord may be asked again at once', () => {
  const refusals = new Refusals(new ManualClock())
  refusals.note(GUILD, refused)
  expect(() => refusals.check(GUILD)).not.toThrow()
})

test('each further refusal stands for twice as long, up to five minutes', () => {
  const clock = new ManualClock()
  const refusals = new Refusals(clock)
  refusals.note(GUILD, refused)
  const stood: number[] = []
  for (let count = 0; count < 10; count++) {
    refusals.note(GUILD, refused)
    let seconds = 0
    for (; ; seconds++) {
      try {
        refusals.check(GUILD)
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
  const refusals = new Refusals(new ManualClock())
  refusals.note(GUILD, refused)
  refusals.note(GUILD, refused)
  expect(() => refusals.check('1')).not.toThrow()
  expect(() => refusals.check(GUILD)).toThrow(refused)
  refusals.forget(GUILD)
  expect(() => refusals.check(GUILD)).not.toThrow()
})

test('a refusal stands as long, however the machine’s clock steps', () => {
  const host = new ManualClock()
  const refusals = new Refusals(host)
  refusals.note(GUILD, refused)
  refusals.note(GUILD, refused)
  expect(() => refusals.check(GUILD)).toThrow(refused)
  host.step(-2 * DAY)
  expect(() => refusals.check(GUILD)).toThrow(refused)
  host.advance(2000)
  expect(() => refusals.check(GUILD)).not.toThrow()
})
