import { expect, test } from 'vitest'
import { LogLimited, LogUnavailable } from '../../src/sync/audit-log-source.ts'
import { ClosedLogs } from '../../src/sync/closed-logs.ts'
import { ManualClock } from '../support/manual-clock.ts'

const HERE = '900000000000000000'
const ELSEWHERE = '900000000000000001'
const MINUTE = 60_000

function open() {
  const clock = new ManualClock()
  const closed = new ClosedLogs(clock)
  const isClosed = (guildId: string) => {
    try {
      closed.check(guildId)
      return false
    } catch (error) {
      expect(error).toBeInstanceOf(LogUnavailable)
      return true
    }
  }
  return { clock, closed, isClosed }
}

test('a limited log is closed until the limit ends, and no other is', () => {
  const { clock, closed, isClosed } = open()
  closed.note(HERE, new LogLimited(clock.now() + MINUTE, false))
  expect([isClosed(HERE), isClosed(ELSEWHERE)]).toEqual([true, false])
  expect([closed.until(HERE), closed.until(ELSEWHERE)]).toEqual([clock.now() + MINUTE, undefined])
  clock.advance(MINUTE - 1)
  expect(isClosed(HERE)).toBe(true)
  clock.advance(1)
  expect([isClosed(HERE), closed.until(HERE)]).toEqual([false, undefined])
})

test('a limit for all closes every log', () => {
  const { clock, closed, isClosed } = open()
  closed.note(HERE, new LogLimited(clock.now() + MINUTE, true))
  expect([isClosed(HERE), isClosed(ELSEWHERE)]).toEqual([true, true])
  expect(closed.until(ELSEWHERE)).toBe(clock.now() + MINUTE)
})

test('the log of a guild that the bot is not in stays closed until it is there again', () => {
  const { clock, closed, isClosed } = open()
  closed.note(HERE, new LogUnavailable('absent', 'Custos is not in this guild.'))
  clock.advance(365 * 24 * 60 * MINUTE)
  expect([isClosed(HERE), closed.until(HERE)]).toEqual([true, undefined])
  closed.reopen(HERE)
  expect(isClosed(HERE)).toBe(false)
})

test('a limit outlasts the bot’s coming back', () => {
  const { clock, closed, isClosed } = open()
  closed.note(HERE, new LogLimited(clock.now() + MINUTE, false))
  closed.reopen(HERE)
  expect(isClosed(HERE)).toBe(true)
})

test('a clock that is put back does not keep a log closed for longer', () => {
  const { clock, closed, isClosed } = open()
  closed.note(HERE, new LogLimited(clock.now() + MINUTE, false))
  clock.advance(-60 * MINUTE)
  expect(isClosed(HERE)).toBe(false)
})

test.each(['forbidden', 'unauthorized', 'blocked', 'unreadable'] as const)('%s closes no log', (why) => {
  const { closed, isClosed } = open()
  closed.note(HERE, new LogUnavailable(why, 'No.'))
  expect(isClosed(HERE)).toBe(false)
})
