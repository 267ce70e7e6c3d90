import type { ArchiveReader } from '../archive.ts'
import type { Names } from '../names/names.ts'
import { type BanHistory, bansOf } from './member-status.ts'
import { memberStatusEntries } from './member-status-entries.ts'
import type { Repeat, Repeats } from './ranking.ts'
import { filterOf, type SavedQuery } from './saved-query.ts'

/** How often something was done to a target that is listed. */
export const DEFAULT_MIN = 2

/** A part of the targets of repeated actions, and what is known of them. */
interface FoundRepeats {
  /** Targets that are webhooks have the class of one. */
  readonly repeats: Repeats
  readonly names: Names
  /** The last ban of each member among them. */
  readonly bans: ReadonlyMap<string, BanHistory>
}

/** Reads targets of repeated actions, most actions first. */
export async function readRepeats(
  query: SavedQuery,
  archive: ArchiveReader,
  slice: { readonly skip: number; readonly limit: number },
): Promise<FoundRepeats> {
  const { guildId, min = DEFAULT_MIN } = query
  const { top: found, size } = await archive.repeats(guildId, filterOf(query), { min, ...slice })
  const names = await archive.names(guildId, found.flatMap(idsIn))
  const top = found.map((repeat) =>
    repeat.targetType === 'user' ? { ...repeat, targetType: names.authorClass(repeat.targetId) } : repeat,
  )
  const members = top.filter(({ targetType }) => targetType === 'user').map(({ targetId }) => targetId)
  const acts = await memberStatusEntries(query, archive, members)
  const bans = new Map([...acts].map(([id, { entries, lastAct }]) => [id, bansOf(entries, lastAct)]))
  return { repeats: { top, size }, names, bans }
}

/** The ids of a target of repeated actions, and of the moderators who acted on it. */
function idsIn({ targetId, by }: Repeat): string[] {
  return [targetId, ...by.map(({ key }) => key).filter((key) => key !== null)]
}
