import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Entry } from '../../../../src/core/audit-log/entry.ts'
import { Kind } from '../../../../src/core/audit-log/kind.ts'
import { readActivity } from '../../../../src/core/query/read-activity.ts'
import type { SavedQuery } from '../../../../src/core/query/saved-query.ts'
import { sumOf } from '../../../../src/core/query/tally.ts'
import { compareIds, firstIdAt, type Snowflake } from '../../../../src/core/snowflake.ts'
import { DAY } from '../../../../src/core/time/units.ts'
import { readReport } from '../../../../src/core/watch/digests/read-report.ts'
import { sharedArchive } from '../../../support/archive/shared-archive.ts'
import { entriesOf } from '../../../support/entries/entries.ts'

const archive = await sharedArchive()
const FROM = Date.UTC(2026, 10, 16)
const NOW = FROM + 8 * DAY
const WINDOW = { from: firstIdAt(FROM), to: firstIdAt(FROM + 7 * DAY) }

let guilds = 0

/** A guild whose log has these entries, in its archive. */
async function record(
  payloads: readonly { readonly id: string }[],
): Promise<{ guildId: Snowflake; entries: Entry[] }> {
  const guildId = String(900_000_000_000_000_000n + BigInt(guilds++))
  const entries = entriesOf(guildId, payloads)
  await archive.record([{ guildId, from: 'rest', entries }], NOW)
  return { guildId, entries }
}

async function reportOn(guildId: Snowflake) {
  const newest = await archive.newestId(guildId)
  const query: SavedQuery = {
    command: 'audit activity',
    guildId,
    askerId: '1',
    askedAt: NOW,
    timeZone: 'UTC',
    filter: WINDOW,
    order: 'newest',
    ...(newest !== undefined && { asOf: newest }),
  }
  const coverage = {
    guildId,
    oldest: '0',
    ranges: [{ start: '0', end: firstIdAt(NOW) }],
    readAt: NOW,
    askedAt: NOW,
  }
  const roleMembers = async () => ({ members: [], holders: undefined, lacks: undefined })
  const sources = { archive, coverage, roleMembers }
  return { report: await readReport(query, sources), activity: await readActivity(query, sources) }
}

const anyPayload = fc.record({
  at: fc.integer({ min: FROM - 3 * DAY, max: FROM + 8 * DAY }),
  action_type: fc.constantFrom(20, 22, 22, 23, 24, 72, 73),
  user_id: fc.constantFrom('71', '72', '73', null),
  target_id: fc.constantFrom('91', '92', '93', '94'),
  reason: fc.constantFrom(undefined, 'Spam', ''),
  count: fc.integer({ min: 1, max: 20 }),
})

/** The same numbers, counted in the plainest way. */
function counted(entries: readonly Entry[]) {
  const within = entries.filter(({ id }) => compareIds(id, WINDOW.from) >= 0 && compareIds(id, WINDOW.to) < 0)
  const deletes = within.filter(({ kind }) => kind === 72 || kind === 73)
  const punishments = within.filter(({ kind }) => kind === 20 || kind === 22 || kind === Kind.Timeout)
  return {
    messages: deletes.reduce((sum, { count }) => sum + (count ?? 1), 0),
    punishments: punishments.length,
    withoutReason: punishments.filter(({ reason }) => !reason).length,
  }
}

test('the numbers are those of a plain count, and of the activity that a command shows', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyPayload, { maxLength: 80 }), async (acts) => {
      const payloads = acts.map(({ at, count, reason, ...rest }, index) => ({
        ...rest,
        id: String(BigInt(firstIdAt(at)) + BigInt(index)),
        ...(reason !== undefined && { reason }),
        options: { count: String(count) },
        changes:
          rest.action_type === 24
            ? [{ key: 'communication_disabled_until', new_value: new Date(at + DAY).toISOString() }]
            : [],
      }))
      const { guildId, entries } = await record(payloads)
      const { report, activity } = await reportOn(guildId)
      expect({
        messages: report.deletes.units,
        punishments: report.punishments,
        withoutReason: sumOf(report.withoutReason).entries,
      }).toEqual(counted(entries))
      expect(report.moderators).toEqual(activity.moderators)
      for (const { by, endedBy, at } of report.reversals) {
        expect(by).not.toBe(endedBy)
        expect(at).toBeGreaterThanOrEqual(FROM)
        expect(at).toBeLessThan(FROM + 7 * DAY)
      }
    }),
    { numRuns: 30 },
  )
})

test('thousands of punishments are all counted', async () => {
  const { guildId } = await record(
    Array.from({ length: 2500 }, (_, index) => ({
      id: String(BigInt(firstIdAt(FROM + index * 1000)) + BigInt(index)),
      action_type: 22,
      user_id: '71',
      target_id: String(100_000 + index),
      ...(index % 5 === 0 && { reason: 'Raid' }),
    })),
  )
  const { report } = await reportOn(guildId)
  expect([report.punishments, report.withoutReason]).toEqual([
    2500,
    [{ key: '71', entries: 2000, units: 2000 }],
  ])
})
