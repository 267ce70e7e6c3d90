import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Entry } from '../../../src/core/audit-log/entry.ts'
import { Kind } from '../../../src/core/audit-log/kind.ts'
import { bansOf, MEMBER_STATUS_KINDS, memberStatusOf } from '../../../src/core/query/member-status.ts'
import { firstIdAt, timeOf } from '../../../src/core/snowflake.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/core/time/units.ts'
import { entryOf } from '../../support/entries/entries.ts'

const NOW = Date.UTC(2026, 10, 26, 12)
const KICK = 20
const BAN = 22
const UNBAN = 23
const ROLES = 25
const AUTOMOD = 145

/** An entry on a member, some time ago. */
function done(type: number, ago: number, rest: object = {}): Entry {
  return entryOf('1', { id: firstIdAt(NOW - ago), action_type: type, user_id: '7', target_id: '5', ...rest })
}

/** A timeout some time ago that ends some time from now. */
function timeout(ago: number, endsIn: number): Entry {
  const until = new Date(NOW + endsIn).toISOString()
  return done(24, ago, { changes: [{ key: 'communication_disabled_until', new_value: until }] })
}

const lifted = (ago: number) =>
  done(24, ago, { changes: [{ key: 'communication_disabled_until', old_value: 'x' }] })

const status = (...entries: Entry[]) => memberStatusOf(entries, NOW).type
const bans = (...entries: Entry[]) => bansOf(entries).type

describe('a member', () => {
  test('is free if nothing of the kind was ever done to them', () => {
    expect(memberStatusOf([], NOW)).toEqual({ type: 'free' })
    expect(memberStatusOf([done(ROLES, HOUR)], NOW)).toEqual({ type: 'free' })
  })

  test('is banned until a later unban', () => {
    const ban = done(BAN, DAY)
    expect(memberStatusOf([done(UNBAN, 2 * DAY), ban, done(KICK, 3 * DAY)], NOW)).toEqual({
      type: 'banned',
      by: ban,
    })
    const unban = done(UNBAN, HOUR)
    expect(memberStatusOf([ban, unban], NOW)).toEqual({ type: 'free', after: unban })
  })

  test('is not banned any more if they are seen back, although the log lacks the unban', () => {
    expect(status(done(BAN, DAY), done(ROLES, HOUR))).toBe('free')
    expect(status(done(BAN, DAY), timeout(HOUR, HOUR))).toBe('timed out')
    expect(status(done(BAN, DAY), done(KICK, HOUR))).toBe('kicked')
  })

  test('stays banned if Discord logs late what was done before', () => {
    expect(status(done(BAN, DAY), done(ROLES, DAY - 5 * SECOND))).toBe('banned')
    expect(status(done(BAN, DAY), done(AUTOMOD, DAY - 5 * MINUTE))).toBe('banned')
  })

  test('is timed out until the end of the newest timeout', () => {
    const newest = timeout(HOUR, HOUR)
    expect(memberStatusOf([newest], NOW)).toEqual({ type: 'timed out', by: newest, until: NOW + HOUR })
    expect(status(timeout(2 * HOUR, -HOUR))).toBe('free')
    expect(status(timeout(2 * HOUR, 0))).toBe('free')
  })

  test('is not timed out after the timeout was lifted', () => {
    expect(status(timeout(2 * HOUR, HOUR), lifted(HOUR))).toBe('free')
    expect(status(timeout(HOUR, HOUR), lifted(2 * HOUR))).toBe('timed out')
  })

  test('is banned, not timed out, if the ban came after the timeout', () => {
    expect(status(timeout(2 * HOUR, DAY), done(BAN, HOUR))).toBe('banned')
    expect(status(timeout(2 * HOUR, DAY), done(KICK, HOUR))).toBe('kicked')
  })

  test('is timed out by AutoMod without a known end, for 28 days at most', () => {
    expect(memberStatusOf([done(AUTOMOD, DAY)], NOW)).toMatchObject({ type: 'timed out', until: undefined })
    expect(status(done(AUTOMOD, 29 * DAY))).toBe('free')
  })

  test('is kicked until they are seen back', () => {
    expect(status(done(KICK, DAY))).toBe('kicked')
    expect(status(done(KICK, DAY), done(ROLES, 2 * DAY))).toBe('kicked')
    expect(status(done(KICK, DAY), done(ROLES, HOUR))).toBe('free')
    expect(status(done(KICK, DAY), done(28, HOUR))).toBe('free')
  })

  test('is back if they did something themselves after they were removed', () => {
    const [kick, ban] = [done(KICK, DAY), done(BAN, DAY)]
    const acted = (ago: number) => firstIdAt(NOW - ago)
    expect(memberStatusOf([kick], NOW, acted(HOUR))).toEqual({ type: 'free', after: kick })
    expect(bansOf([ban], acted(HOUR))).toEqual({ type: 'back', ban })
    expect(memberStatusOf([kick], NOW, acted(2 * DAY)).type).toBe('kicked')
    expect(memberStatusOf([ban], NOW, acted(DAY - 5 * SECOND)).type).toBe('banned')
  })
})

describe('the bans of a member', () => {
  test('are none if the log has none', () => {
    expect(bansOf([done(KICK, DAY)])).toEqual({ type: 'never' })
  })

  test('are over with an unban, even if the log lacks the ban', () => {
    const [ban, unban] = [done(BAN, 2 * DAY), done(UNBAN, DAY)]
    expect(bansOf([unban, ban])).toEqual({ type: 'unbanned', ban, unban })
    expect(bansOf([unban])).toEqual({ type: 'unbanned', unban })
    expect(bansOf([ban, done(UNBAN, 3 * DAY)])).toEqual({ type: 'banned', ban })
    expect(bansOf([ban, done(ROLES, DAY)])).toEqual({ type: 'back', ban })
  })
})

describe('any log of a member', () => {
  const anyEntry = fc
    .tuple(
      fc.constantFrom(KICK, BAN, UNBAN, ROLES, 28, AUTOMOD, 24, -1, -2),
      fc.integer({ min: 1, max: 60 }),
      fc.nat(40),
    )
    .map(([kind, days, end]) => {
      if (kind === Kind.Timeout) return timeout(days * DAY, (end - days) * DAY)
      return kind === Kind.TimeoutRemove ? lifted(days * DAY) : done(kind, days * DAY)
    })
  const anyLog = fc.uniqueArray(anyEntry, { selector: ({ id }) => id, maxLength: 12 })
  /** The newest entry of each kind, which the archive reads. */
  const newestOfEach = (log: readonly Entry[]) =>
    MEMBER_STATUS_KINDS.flatMap((kind) => {
      const [last] = log.filter((entry) => entry.kind === kind).sort((a, b) => timeOf(b.id) - timeOf(a.id))
      return last ?? []
    })

  test('gives the status that following it entry by entry does', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const expected = followed(log)
        fc.pre(expected !== undefined)
        expect(memberStatusOf(newestOfEach(log), NOW).type).toBe(expected)
      }),
      { numRuns: 2000 },
    )
  })

  test('gives a ban if and only if the member is banned', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const isBanned = status(...log) === 'banned'
        expect(bans(...log) === 'banned').toBe(isBanned)
        expect(bans(...log) === 'never').toBe(!log.some(({ kind }) => kind === BAN || kind === UNBAN))
      }),
    )
  })
})

/** The status after a log, entry by entry in order. Undefined if AutoMod acts on a member while they are banned. */
function followed(log: readonly Entry[]): string | undefined {
  let state = 'free'
  let end = 0
  for (const { id, kind, changes } of log.toSorted((a, b) => timeOf(a.id) - timeOf(b.id))) {
    if (kind === AUTOMOD && state === 'banned') return undefined
    if (kind === BAN) state = 'banned'
    else if (kind === KICK) state = 'kicked'
    else if (kind === UNBAN || kind === Kind.TimeoutRemove) state = 'free'
    else if (kind === Kind.Timeout || kind === AUTOMOD) {
      state = 'timed out'
      end = kind === AUTOMOD ? timeOf(id) + 28 * DAY : Date.parse(String(changes[0]?.new_value))
    } else if (state !== 'timed out') state = 'free'
  }
  return state === 'timed out' && end <= NOW ? 'free' : state
}
