import type { CommandRequest } from '../../src/command/command.ts'
import { AUTOMATIC_KINDS } from '../../src/core/audit-log/action.ts'
import type { Entry } from '../../src/core/audit-log/entry.ts'
import { MEMBER_STATUS_KINDS } from '../../src/core/query/member-status.ts'
import { idAfter, type Snowflake } from '../../src/core/snowflake.ts'

/** What says where a member stood. It can be outside the window of the query. */
interface MemberStatusEntries {
  /** The newest entry on them of each kind that matters. */
  readonly entries: readonly Entry[]
  /** The newest entry that they made themselves, which shows that they were in the guild; undefined if there is none. */
  readonly lastAct: Snowflake | undefined
}

/** The entries that say where a member stood when a query was run, for each of some members. */
export async function memberStatusEntries(
  { archive, query: { guildId, asOf = '0' } }: Pick<CommandRequest, 'archive' | 'query'>,
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
