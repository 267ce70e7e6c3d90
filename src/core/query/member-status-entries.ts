import type { ArchiveReader } from '../archive.ts'
import { AUTOMATIC_KINDS } from '../audit-log/action.ts'
import type { Entry } from '../audit-log/entry.ts'
import { idAfter, type Snowflake } from '../snowflake.ts'
import { MEMBER_STATUS_KINDS } from './member-status.ts'
import type { SavedQuery } from './saved-query.ts'

/** What says where a member stood. It can be outside the window of the query. */
interface MemberStatusEntries {
  /** The newest entry on them of each kind that matters. */
  readonly entries: readonly Entry[]
  /** The newest entry that they made themselves, which shows that they were in the guild; undefined if there is none. */
  readonly lastAct: Snowflake | undefined
}

/** The entries that say where a member stood when a query was run, for each of some members. */
export async function memberStatusEntries(
  { guildId, asOf = '0' }: Pick<SavedQuery, 'guildId' | 'asOf'>,
  archive: ArchiveReader,
  memberIds: readonly Snowflake[],
): Promise<ReadonlyMap<string, MemberStatusEntries>> {
  const to = idAfter(asOf)
  // Discord names offenders as executors, and can log what AutoMod did after they were removed.
  const ownActs = { noneOf: [...AUTOMATIC_KINDS] }
  const [entries, lastActs] = await Promise.all([
    archive.newestOn(guildId, memberIds, MEMBER_STATUS_KINDS, to),
    archive.lastSeen(guildId, memberIds, to, ownActs),
  ])
  const byTarget = Map.groupBy(entries, ({ targetId }) => targetId)
  return new Map(memberIds.map((id) => [id, { entries: byTarget.get(id) ?? [], lastAct: lastActs.get(id) }]))
}
