import { expect, test } from 'vitest'
import type { SyncStatus } from '../../../src/core/coverage/sync-status.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { DAY, HOUR } from '../../../src/core/time/units.ts'
import { statusReply } from '../../../src/view/status/status.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const range = (from: number, to: number) => ({
  start: firstIdAt(NOW - from * DAY),
  end: firstIdAt(NOW - to * DAY),
})
const at = (days: number) => `<t:${(NOW - days * DAY) / 1000}:f>`

function fieldsOf(
  status: Partial<SyncStatus>,
  ranges = [range(45, 0)],
  hiddenChannels = 0,
  isErasing = false,
): Record<string, string> {
  const [embed] = statusReply({
    entries: 5,
    coverage: { guildId: '9', oldest: firstIdAt(NOW - 45 * DAY), ranges, readAt: NOW, askedAt: NOW },
    syncStatus: { hostAhead: 0, ...status },
    hiddenChannels,
    isErasing,
    retentionDays: undefined,
    timeZone: 'UTC',
    notice: undefined,
  }).embeds
  return Object.fromEntries(embed?.fields?.map(({ name, value }) => [name, value]) ?? [])
}

test('one field says since when the log is complete, or which ranges are', () => {
  expect(fieldsOf({})).toMatchObject({ 'Complete since': at(45), Holes: 'none' })
  const broken = fieldsOf({}, [range(280, 200), range(45, 7)])
  expect(broken).toMatchObject({
    Complete: `${at(280)} to ${at(200)}\n${at(45)} to ${at(7)}`,
    Holes: `${at(200)} to ${at(45)}\nsince ${at(7)}`,
  })
  expect(broken).not.toHaveProperty('Complete since')
})

test('of many ranges, the newest are named', () => {
  const ranges = Array.from({ length: 20 }, (_, index) => range(41 - 2 * index, 40 - 2 * index))
  const { Complete = '', Holes = '' } = fieldsOf({}, ranges)
  expect(Complete.split('\n')[0]).toBe('12 more before')
  expect(Complete.split('\n').at(-1)).toBe(`${at(3)} to ${at(2)}`)
  expect(Holes.split('\n').at(-1)).toBe(`since ${at(2)}`)
})

test.each<[Partial<SyncStatus>, live: RegExp, permission: string]>([
  [{ lastRead: 'read', liveFrom: '1' }, /^yes: /, 'View Audit Log is granted'],
  [{ lastRead: 'read' }, /^not yet: /, 'View Audit Log is granted'],
  [{ lastRead: 'forbidden' }, /^no: /, '**View Audit Log** is missing'],
  [{ lastRead: 'unreadable' }, /^no: /, 'not known: the log could not be read'],
  [
    { lastRead: 'absent' },
    /^no: Discord says that Custos is not in this server$/,
    'not known: the log could not be read',
  ],
  [
    { lastRead: 'limited', limitedUntil: 1_795_522_200_050 },
    /^no: Discord limits requests; Custos tries again <t:1795522200:R>$/,
    'not known: the log could not be read',
  ],
  [{ lastRead: 'limited' }, /^no: Discord limits requests/, 'not known: the log could not be read'],
  [{ lastRead: 'unwritten' }, /^no: /, 'not known: the log could not be read'],
  [{}, /^not yet: /, 'not checked yet'],
])(
  'a sync status of %j is shown as live or not, and the permission as granted or not',
  (status, live, permission) => {
    const fields = fieldsOf(status)
    expect(fields.Live).toMatch(live)
    expect(fields.Permission).toBe(permission)
  },
)

test.each([
  [12_300, 240, '12,300 entries so far, back to 3 Nov 2026. 240 servers are read before this one.'],
  [1, 1, '1 entry so far, back to 3 Nov 2026. 1 server is read before this one.'],
  [12_300, 0, '12,300 entries so far, back to 3 Nov 2026.'],
  [0, 7, 'No entries so far. 7 servers are read before this one.'],
])(
  'while the log is read for the first time, with %i entries and %i servers before it, the reply says how far it is',
  (entries, guildsBefore, value) => {
    const backfill = { entries, guildsBefore, backTo: Date.UTC(2026, 10, 3, 18) }
    expect(fieldsOf({ backfill }).Reading).toBe(value)
  },
)

test('how far the first read is, is not shown once it is done', () => {
  expect(fieldsOf({ lastRead: 'read' })).not.toHaveProperty('Reading')
})

test.each([
  [
    -HOUR,
    'The clock of the machine that Custos runs on is 1 hour behind. Custos uses Discord’s time instead.',
  ],
  [
    26 * HOUR,
    'The clock of the machine that Custos runs on is 1 day 2 hours ahead. Custos uses Discord’s time instead.',
  ],
  [30_000, undefined],
])('a clock that is off by %i ms is reported as %j', (hostAhead, value) => {
  expect(fieldsOf({ hostAhead }).Clock).toBe(value)
})

test('an unfinished erasure is reported until it is finished', () => {
  expect(fieldsOf({}, undefined, 0, true).Erasing).toMatch(/^Not finished: copies of erased data can remain/)
  expect(fieldsOf({})).not.toHaveProperty('Erasing')
})
