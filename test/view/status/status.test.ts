import { describe, expect, test } from 'vitest'
import type { SyncStatus } from '../../../src/core/coverage/sync-status.ts'
import { type GuildSettings, NO_SETTINGS } from '../../../src/core/guild-settings.ts'
import type { Operation, OperationDetail } from '../../../src/core/operation.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { DAY, HOUR } from '../../../src/core/time/units.ts'
import type { Watch } from '../../../src/core/watch/watch.ts'
import { statusReply } from '../../../src/view/status/status.ts'
import { ALERT, FEED, watchOf } from '../../support/watches.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const range = (from: number, to: number) => ({
  start: firstIdAt(NOW - from * DAY),
  end: firstIdAt(NOW - to * DAY),
})
const at = (days: number) => `<t:${(NOW - days * DAY) / 1000}:f>`

interface Guild {
  readonly settings?: GuildSettings
  readonly operations?: readonly Operation[]
  readonly watches?: readonly Watch[]
}

function fieldsOf(
  status: Partial<SyncStatus>,
  ranges = [range(45, 0)],
  hiddenChannels = 0,
  isErasing = false,
  guild: Guild = {},
): Record<string, string> {
  const [embed] = statusReply({
    entries: 5,
    coverage: { guildId: '9', oldest: firstIdAt(NOW - 45 * DAY), ranges, readAt: NOW, askedAt: NOW },
    syncStatus: { hostAhead: 0, ...status },
    hiddenChannels,
    isErasing,
    retentionDays: undefined,
    settings: NO_SETTINGS,
    operations: [],
    watches: [],
    now: NOW,
    notice: undefined,
    ...guild,
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

test('feeds, alerts and digests are counted, and one that is paused says why', () => {
  const obstacle = { type: 'permissions' as const, permissions: ['SendMessages'] }
  const paused = { obstacle, since: NOW, isTold: false }
  const watches = [watchOf(FEED), watchOf(ALERT, { number: 2, paused })]
  expect(fieldsOf({}, undefined, 0, false, { watches }).Posts?.split('\n')).toEqual([
    '1 feed, 1 alert',
    `⚠️ Alert 2 in <#5> paused <t:${NOW / 1000}:R>: Custos lacks **Send Messages** there`,
  ])
  expect(fieldsOf({})).not.toHaveProperty('Posts')
})

test('of many that are paused, as many are named as a field has room for', () => {
  const paused = { obstacle: { type: 'channel' as const }, since: NOW, isTold: false }
  const watches = Array.from({ length: 20 }, (_, index) =>
    watchOf(FEED, { number: index + 1, channelId: '1574743715870670857', paused }),
  )
  const { Posts = '' } = fieldsOf({}, undefined, 0, false, { watches })
  expect(Posts.length).toBeLessThanOrEqual(1024)
  expect(Posts).toMatch(/^20 feeds\n.*\n… and \d+ more$/s)
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

test.each([
  [undefined, /^UTC, as none is set$/],
  ['Europe/Berlin', /^Europe\/Berlin \(UTC\+1\)$/],
  ['Moon/Tranquility', /^⚠️ `Moon\/Tranquility` is set, but .* uses UTC until another is set\.$/],
])('with the time zone %j, the reply says which is in force', (timeZone, value) => {
  expect(fieldsOf({}, undefined, 0, false, { settings: { timeZone } })['Time zone']).toMatch(value)
})

describe('the operations in a status', () => {
  const at = (hours: number) => firstIdAt(NOW - hours * HOUR)
  const done = (hours: number, detail: OperationDetail): Operation => ({ id: at(hours), by: '7', detail })
  const logOf = (operations: readonly Operation[]) =>
    fieldsOf({}, undefined, 0, false, { operations }).Operations
  const time = (hours: number) => `<t:${(NOW - hours * HOUR) / 1000}:s>`
  const exported = (hours: number) => done(hours, { type: 'export', entries: 212, format: 'csv' })

  test('say who had Custos do what, and when', () => {
    const operations = [
      exported(1),
      done(2, { type: 'erasure', entries: 2040 }),
      done(3, { type: 'erasure', entries: 1, memberId: '8' }),
      done(4, { type: 'time zone', timeZone: 'Europe/Berlin' }),
    ]
    expect(logOf(operations)?.split('\n')).toEqual([
      `${time(1)} <@7> exported 212 entries (csv)`,
      `${time(2)} <@7> erased everything: 2,040 entries`,
      `${time(3)} <@7> erased the name of <@8>, and texts in 1 entry`,
      `${time(4)} <@7> set the time zone to Europe/Berlin`,
    ])
  })

  test('are absent where nothing was done', () => {
    expect(logOf([])).toBeUndefined()
  })

  test('show an erasure however much was done after it', () => {
    const exports = Array.from({ length: 50 }, (_, hours) => exported(hours))
    const lines = logOf([...exports, done(60, { type: 'erasure', entries: 5 })])?.split('\n') ?? []
    expect(lines).toHaveLength(6)
    expect(lines.at(-2)).toBe(`${time(60)} <@7> erased everything: 5 entries`)
    expect(lines.at(-1)).toBe('-# and 46 more')
  })

  test('fit into a field at their longest', () => {
    const id = '9223372036854775806'
    const erasure = { type: 'erasure', entries: 1_234_567, memberId: id } as const
    const operations = Array.from({ length: 12 }, () => ({ id, by: id, detail: erasure }))
    expect(logOf(operations)?.length).toBeLessThanOrEqual(1024)
  })
})
