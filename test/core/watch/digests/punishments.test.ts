import { AuditLogEvent } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import { type Entry, parseEntry } from '../../../../src/core/audit-log/entry.ts'
import { ERASED } from '../../../../src/core/audit-log/erased.ts'
import { Kind } from '../../../../src/core/audit-log/kind.ts'
import { firstIdAt, timeOf } from '../../../../src/core/snowflake.ts'
import { DAY, HOUR, MINUTE } from '../../../../src/core/time/units.ts'
import {
  PunishmentCount,
  type PunishmentSummary,
  punishmentFilter,
} from '../../../../src/core/watch/digests/punishments.ts'

const { MemberBanAdd, MemberBanRemove, MemberKick, MemberUpdate } = AuditLogEvent
const START = Date.UTC(2026, 10, 16)
const GUILD = '900000000000000000'
const [ANNA, BRUNO, BOT, TROLL] = ['71', '72', '73', '90']

interface Act {
  readonly type: number
  /** When, in milliseconds after the window began. */
  readonly after: number
  readonly by: string | null
  readonly on?: string
  readonly reason?: string
  readonly for?: string
  /** For a member update: until when they are timed out; null ends it. */
  readonly until?: number | null
}

let serial = 0

function entryFor({ type, after, by, on = TROLL, reason, for: onBehalfOfId, until }: Act): Entry {
  const at = START + after
  const parsed = parseEntry(GUILD, {
    id: String(BigInt(firstIdAt(at)) + BigInt(++serial)),
    action_type: type,
    user_id: by,
    target_id: on,
    ...(reason !== undefined && { reason }),
    ...(until !== undefined && {
      changes: [
        {
          key: 'communication_disabled_until',
          ...(until !== null && { new_value: new Date(at + until).toISOString() }),
          ...(until === null && { old_value: new Date(at + HOUR).toISOString() }),
        },
      ],
    }),
  })
  if ('rejected' in parsed) throw new Error(parsed.rejected)
  return { ...parsed.entry, onBehalfOfId: onBehalfOfId ?? null }
}

function summaryOf(acts: readonly Act[]): PunishmentSummary {
  const count = new PunishmentCount(firstIdAt(START))
  for (const act of acts) count.add(entryFor(act))
  return count.summary
}

const ban = (after: number, by: string | null, more: Partial<Act> = {}): Act => ({
  type: MemberBanAdd,
  after,
  by,
  ...more,
})
const unban = (after: number, by: string | null, more: Partial<Act> = {}): Act => ({
  type: MemberBanRemove,
  after,
  by,
  ...more,
})
const timeout = (after: number, by: string, more: Partial<Act> = {}): Act => ({
  type: MemberUpdate,
  after,
  by,
  until: HOUR,
  ...more,
})
const untimeout = (after: number, by: string, more: Partial<Act> = {}): Act => ({
  type: MemberUpdate,
  after,
  by,
  until: null,
  ...more,
})

test('punishments without a reason are counted by who gave them, also through a bot', () => {
  const { punishments, withoutReason } = summaryOf([
    ban(0, ANNA, { reason: 'Spam' }),
    { type: MemberKick, after: 1, by: ANNA },
    timeout(2, BRUNO),
    { type: MemberKick, after: 3, by: BRUNO, reason: '  ' },
    { type: MemberKick, after: 4, by: BOT, for: ANNA },
    ban(5, null),
    { type: MemberUpdate, after: 6, by: ANNA },
  ])
  expect(punishments).toBe(6)
  expect(withoutReason.map(({ key, entries }) => [key, entries])).toEqual([
    [ANNA, 2],
    [BRUNO, 2],
    [null, 1],
  ])
})

test('a reason that was erased is one', () => {
  expect(summaryOf([ban(0, ANNA, { reason: ERASED })]).withoutReason).toEqual([])
})

test('an unban or the end of a timeout within a day, by somebody else, is a reversal', () => {
  const { reversals, takenBack } = summaryOf([
    ban(0, ANNA),
    timeout(HOUR, BRUNO, { on: '91' }),
    unban(20 * MINUTE + HOUR, BRUNO),
    untimeout(2 * HOUR, ANNA, { on: '91' }),
  ])
  expect(
    reversals.map(({ targetId, kind, by, endedBy, after }) => [targetId, kind, by, endedBy, after]),
  ).toEqual([
    ['91', Kind.Timeout, BRUNO, ANNA, HOUR],
    [TROLL, MemberBanAdd, ANNA, BRUNO, 80 * MINUTE],
  ])
  expect(takenBack).toBe(0)
})

test('later than a day, or without a punishment before it, it is none', () => {
  const later = summaryOf([ban(0, ANNA), unban(DAY + 1, BRUNO), unban(DAY + 2, BRUNO, { on: '91' })])
  expect([later.reversals, later.takenBack]).toEqual([[], 0])
})

test('each end is of the last punishment before it, once', () => {
  const { reversals } = summaryOf([ban(0, ANNA), ban(10, BRUNO), unban(HOUR, '74'), unban(HOUR + 1, '74')])
  expect(reversals.map(({ by, endedBy }) => [by, endedBy])).toEqual([[BRUNO, '74']])
})

test('what somebody took back themselves is counted apart, also with a bot', () => {
  const { reversals, takenBack } = summaryOf([
    // To delete messages.
    ban(0, ANNA),
    unban(1000, ANNA),
    ban(HOUR, BOT, { for: ANNA }),
    unban(HOUR + 1, BOT, { for: ANNA }),
    // A bot ends what it was told to do for a time.
    ban(2 * HOUR, BOT, { for: ANNA }),
    unban(3 * HOUR, BOT),
  ])
  expect([reversals, takenBack]).toEqual([[], 3])
})

test('through the same bot, it counts whom the bot acted for', () => {
  const { reversals } = summaryOf([ban(0, BOT, { for: ANNA }), unban(HOUR, BOT, { for: BRUNO })])
  expect(reversals.map(({ by, endedBy }) => [by, endedBy])).toEqual([[ANNA, BRUNO]])
})

test('where Discord does not say who it was, nobody is said to have reversed anything', () => {
  const { reversals, takenBack } = summaryOf([ban(0, null), unban(1, ANNA), ban(2, ANNA), unban(3, null)])
  expect([reversals, takenBack]).toEqual([[], 0])
})

test('what was done before the window counts only if it was ended in it', () => {
  const before = summaryOf([ban(-HOUR, ANNA), unban(HOUR, BRUNO)])
  expect([before.punishments, before.reversals.length]).toEqual([0, 1])
  const long = summaryOf([ban(-2 * HOUR, ANNA), unban(-HOUR, BRUNO)])
  expect([long.punishments, long.reversals.length]).toEqual([0, 0])
  const { from = '0', to } = punishmentFilter({ from: firstIdAt(START), to: firstIdAt(START + DAY) })
  expect([timeOf(from), to]).toEqual([START - DAY, firstIdAt(START + DAY)])
})
