import type { Archive } from '../../../src/core/archive.ts'
import type { Filter } from '../../../src/core/query/filter.ts'
import type { Snowflake } from '../../../src/core/snowflake.ts'
import type { Arrival } from '../../../src/core/watch/arrival.ts'
import type { Watch, WatchDraft } from '../../../src/core/watch/watch.ts'
import { entriesOf } from '../entries/entries.ts'

/** A feed of what matches a filter. */
export function feedOf(filter: Filter = {}, channelId = '301'): WatchDraft {
  return { channelId, definition: { type: 'feed', filter } }
}

export const DIGEST: WatchDraft = {
  channelId: '302',
  definition: { type: 'digest', every: 'week', at: 540 },
}

/** Adds a watch by an interaction with an id. */
export async function added(
  archive: Archive,
  guildId: Snowflake,
  id: Snowflake,
  draft: WatchDraft = feedOf(),
): Promise<Watch> {
  const watch = await archive.addWatch(guildId, { id, by: '7' }, draft)
  if (!watch) throw new Error('The watch was not added.')
  return watch
}

/** Records deletes of messages with some ids, or some counts by their ids. @returns where something arrived */
export function recordDeletes(
  archive: Archive,
  guildId: Snowflake,
  ids: readonly Snowflake[] | Readonly<Record<Snowflake, number>>,
  from: 'rest' | 'gateway' = 'gateway',
): Promise<readonly Snowflake[]> {
  const counts = Array.isArray(ids) ? ids.map((id) => [id, 1] as const) : Object.entries(ids)
  const payloads = counts.map(([id, count]) => ({
    id,
    action_type: 72,
    user_id: '101',
    target_id: '201',
    options: { channel_id: '401', count: String(count) },
  }))
  return archive.record([{ guildId, from, entries: entriesOf(guildId, payloads) }])
}

/** What arrived in a guild, each as its number, the entry's id and, if its count grew, where it came. */
export async function arrived(archive: Archive, guildId: Snowflake, after = 0): Promise<unknown[]> {
  return (await archive.arrivals(guildId, {}, { after }, 1000)).map(inShort)
}

function inShort({ number, entry, grewFrom }: Arrival): unknown[] {
  return grewFrom === undefined ? [number, entry.id] : [number, entry.id, grewFrom]
}
