import { expect, test } from 'vitest'
import { type HistoryOptions, simulateHistory } from '../../../sandbox/town/history.ts'
import type { LogEntry } from '../../../sandbox/world/audit-log.ts'
import { type OpenDiscord, openDiscord } from '../../support/open-discord.ts'

const DAY = 86_400_000
const MONTH: HistoryOptions = { days: 30, perDay: 40, seed: 7 }

function timeOf({ id }: LogEntry): number {
  return Number(BigInt(id) >> 22n) + 1_420_070_400_000
}

/** Opens a Discord whose guild has a simulated history. */
async function lived(options: HistoryOptions): Promise<OpenDiscord & { entries: LogEntry[] }> {
  const here = await openDiscord()
  simulateHistory(here.town, options)
  return { ...here, entries: here.town.guild.log.since() }
}

test('the same seed gives the same history, to the last entry', async () => {
  const [first, second] = [await lived(MONTH), await lived(MONTH)]
  expect(first.entries.length).toBeGreaterThan(900)
  expect(second.entries).toEqual(first.entries)
})

test('another seed gives another history', async () => {
  const [first, second] = [await lived(MONTH), await lived({ ...MONTH, seed: 8 })]
  const actions = ({ entries }: { entries: LogEntry[] }) => entries.map(({ action_type }) => action_type)
  expect(actions(second)).not.toEqual(actions(first))
})

test.each([1, 2, 3])('it covers exactly the requested days (seed %i)', async (seed) => {
  const { clock, entries } = await lived({ days: 10, perDay: 30, seed })
  const start = clock.now() - 10 * DAY
  const times = entries.map(timeOf)
  expect(Math.min(...times)).toBeGreaterThanOrEqual(start)
  expect(Math.max(...times)).toBeLessThan(clock.now())
  expect(Math.max(...times)).toBeGreaterThan(clock.now() - DAY / 4)
  const days = new Set(times.map((time) => Math.floor((time - start) / DAY)))
  expect([...days].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('its entries are in order and have unique ids', async () => {
  const ids = (await lived(MONTH)).entries.map(({ id }) => BigInt(id))
  expect(ids).toEqual(ids.toSorted((a, b) => (a < b ? -1 : 1)))
  expect(new Set(ids).size).toBe(ids.length)
})

test('entries are spread over milliseconds', async () => {
  const times = (await lived(MONTH)).entries.map(timeOf)
  expect(new Set(times).size).toBe(times.length)
})

test('most entries are between noon and midnight, and the fewest before the morning', async () => {
  const { entries } = await lived({ ...MONTH, days: 60 })
  const share = (from: number, to: number) => {
    const hours = entries.map((entry) => new Date(timeOf(entry)).getUTCHours())
    return hours.filter((hour) => hour >= from && hour < to).length / entries.length
  }
  expect(share(12, 24)).toBeGreaterThan(0.6)
  expect(share(6, 12)).toBeLessThan(share(12, 18))
  expect(share(0, 6)).toBeLessThan(share(18, 24))
})

test('every moderator acts, both bots included, some more than others', async () => {
  const { entries, town } = await lived(MONTH)
  const acts = town.moderators.map(({ id }) => entries.filter(({ user_id }) => user_id === id).length)
  expect(acts).toHaveLength(12)
  expect(Math.min(...acts)).toBeGreaterThan(10)
  expect(acts[0]).toBeGreaterThan(3 * (acts[9] ?? 0))
})

test('most action types occur, deletes most often', async () => {
  const { entries } = await lived(MONTH)
  const byAction = Map.groupBy(entries, ({ action_type }) => action_type)
  expect([...byAction.keys()].toSorted((a, b) => Number(a) - Number(b))).toEqual([
    11, 13, 14, 20, 22, 23, 24, 25, 26, 27, 31, 40, 72, 73, 74, 110, 143,
  ])
  const often = [...byAction].toSorted(([, a], [, b]) => b.length - a.length)
  expect(often[0]?.[0]).toBe(72)
})

test('deletes are merged as they are live', async () => {
  const { entries } = await lived(MONTH)
  const counts = entries.filter(({ action_type }) => action_type === 72).map(({ options }) => options?.count)
  expect(new Set(counts)).toEqual(new Set(['1', '2', '3', '4']))
})

test('some entries have reasons and some do not', async () => {
  const bans = (await lived(MONTH)).entries.filter(({ action_type }) => action_type === 22)
  const reasoned = bans.filter(({ reason }) => reason !== undefined).length
  expect(reasoned).toBeGreaterThan(0)
  expect(reasoned).toBeLessThan(bans.length)
})

test('no bot deletes single messages, and no member takes a moderator’s actions', async () => {
  const { entries, town } = await lived(MONTH)
  const bots = town.moderators.filter(({ bot }) => bot).map(({ id }) => id)
  const readers = new Set(town.members.map(({ id }) => id))
  const actionsOf = (ids: readonly string[]) =>
    new Set(
      entries.filter(({ user_id }) => ids.includes(user_id ?? '')).map(({ action_type }) => action_type),
    )
  expect(actionsOf(bots)).toEqual(new Set([22, 24, 25, 73]))
  expect(actionsOf([...readers])).toEqual(new Set([24, 40, 110, 143]))
})

test('the members stay the same', async () => {
  const { town } = await lived(MONTH)
  const everyone = [...town.moderators, ...town.members].map(({ id }) => id)
  expect(everyone.filter((id) => !town.guild.members.has(id))).toEqual([])
})

test('no events are sent for a simulated history', async () => {
  const here = await openDiscord()
  const client = await here.listen()
  simulateHistory(here.town, MONTH)
  expect(await client.received()).toEqual([])
})

test('a history longer than the retention cannot be read from its beginning', async () => {
  const { clock, entries, rest, town } = await lived({ days: 60, perDay: 5, seed: 1 })
  const answer = await rest.get(`/guilds/${town.guild.id}/audit-logs?after=0&limit=1`)
  const oldest = entries.find((entry) => timeOf(entry) >= clock.now() - 45 * DAY)
  expect(answer.body).toMatchObject({ audit_log_entries: [{ id: oldest?.id }] })
  expect(oldest?.id).not.toBe(entries[0]?.id)
})
