import { describe, expect, test } from 'vitest'
import { LogLimited, LogUnavailable } from '../../../src/sync/audit-log-source.ts'
import { Access, Limit } from '../../../src/sync/guild/access.ts'
import { ManualClock } from '../../support/manual-clock.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const denied = new LogUnavailable('forbidden', 'View Audit Log is missing.')
const absent = new LogUnavailable('absent', 'Custos is not in this guild.')

function open() {
  const clock = new ManualClock()
  const access = new Access({ clock, host: clock })
  /** Why the log may not be requested; undefined where it may. */
  const obstacle = (): unknown => {
    try {
      access.check()
      return undefined
    } catch (error) {
      return error
    }
  }
  return { clock, access, obstacle }
}

describe('a denied log', () => {
  test('is requested again at once after the first denial', () => {
    const { access, obstacle } = open()
    access.failed(denied)
    expect(obstacle()).toBeUndefined()
  })

  test('is not requested for twice as long after each further denial, up to five minutes', () => {
    const { clock, access, obstacle } = open()
    access.failed(denied)
    const waits: number[] = []
    for (let count = 0; count < 10; count++) {
      access.failed(denied)
      let seconds = 0
      for (; obstacle() === denied; seconds++) clock.advance(1000)
      waits.push(seconds)
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
  })

  test.each(['granted', 'reopen'] as const)('is requested again once it is %s', (event) => {
    const { access, obstacle } = open()
    access.failed(denied)
    access.failed(denied)
    expect(obstacle()).toBe(denied)
    access[event]()
    expect(obstacle()).toBeUndefined()
    access.failed(denied)
    expect(obstacle()).toBeUndefined()
  })

  test('is not requested for just as long if the host’s clock steps', () => {
    const { clock, access, obstacle } = open()
    access.failed(denied)
    access.failed(denied)
    clock.step(-2 * DAY)
    expect(obstacle()).toBe(denied)
    clock.advance(2000)
    expect(obstacle()).toBeUndefined()
  })
})

describe('a limited log', () => {
  test('is not requested until the limit ends', () => {
    const { clock, access, obstacle } = open()
    const limit = new LogLimited(clock.now() + MINUTE, false)
    access.failed(limit)
    expect([obstacle(), access.limitedUntil]).toEqual([limit, clock.now() + MINUTE])
    clock.advance(MINUTE - 1)
    expect(obstacle()).toBe(limit)
    clock.advance(1)
    expect([obstacle(), access.limitedUntil]).toEqual([undefined, undefined])
  })

  test('stays limited when the guild becomes available', () => {
    const { clock, access, obstacle } = open()
    access.failed(new LogLimited(clock.now() + MINUTE, false))
    access.reopen()
    expect(obstacle()).toBeInstanceOf(LogLimited)
  })

  test('is requested again when the clock is set back', () => {
    const { clock, access, obstacle } = open()
    access.failed(new LogLimited(clock.now() + MINUTE, false))
    clock.step(-60 * MINUTE)
    expect(obstacle()).toBeUndefined()
  })
})

test('a limit for all guilds is not a limit of the guild that met it', () => {
  const { clock, access, obstacle } = open()
  access.failed(new LogLimited(clock.now() + MINUTE, true))
  expect([obstacle(), access.limitedUntil]).toEqual([undefined, undefined])
})

test('a limit is in force until it ends', () => {
  const clock = new ManualClock()
  const limit = new Limit(clock)
  expect(limit.current).toBeUndefined()
  const error = new LogLimited(clock.now() + MINUTE, true)
  limit.set(error)
  clock.advance(MINUTE - 1)
  expect(limit.current).toBe(error)
  clock.advance(1)
  expect(limit.current).toBeUndefined()
})

test('the log of a guild that the bot is not in is not requested until the guild is available', () => {
  const { clock, access, obstacle } = open()
  access.failed(absent)
  clock.advance(365 * DAY)
  expect([obstacle(), access.limitedUntil]).toEqual([absent, undefined])
  access.reopen()
  expect(obstacle()).toBeUndefined()
})

test('a failure of any other kind does not keep a log from being requested', () => {
  const { access, obstacle } = open()
  for (let count = 0; count < 3; count++) access.failed(new LogUnavailable('unreadable', 'No.'))
  expect(obstacle()).toBeUndefined()
})
