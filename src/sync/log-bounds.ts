import type { Archive } from '../core/archive.ts'
import { oldestKept } from '../core/coverage/coverage.ts'
import { compareIds, firstIdAt, maxId, minId, type Snowflake } from '../core/snowflake.ts'
import { HOUR, MINUTE } from '../core/time/units.ts'
import { type AuditLogSource, type LogPage, LogUnavailable } from './audit-log-source.ts'

interface Deps {
  readonly guildId: Snowflake
  readonly archive: Pick<Archive, 'list'>
  readonly source: AuditLogSource
}

/** Up to where the log is known by its newest page: the moment it was given, or the entry that came just then. */
export function endOf({ ends, at }: LogPage): Snowflake {
  const newest = maxId(ends?.newest ?? '0', firstIdAt(at))
  return minId(newest, firstIdAt(at + MINUTE))
}

/**
 * Makes sure that Discord's log has nothing before an id. One empty page is no proof, since Discord has answered so by
 * mistake: it is believed where Discord's 45 days end, or where a different reading agrees with it, and with what is
 * held.
 * @param at when the empty page was given, in milliseconds since the Unix epoch
 * @throws LogUnavailable when it is not believed
 */
export async function confirmBeginning(
  { guildId, archive, source }: Deps,
  before: Snowflake,
  at: number,
): Promise<void> {
  if (compareIds(before, oldestKept(guildId, at)) <= 0) return
  const oldest = await source.oldest(guildId)
  // An hour is left for what Discord forgets meanwhile.
  const slice = { order: 'oldest', limit: 1 } as const
  const [held] = await archive.list(guildId, { from: oldestKept(guildId, at + HOUR) }, slice)
  const agrees =
    oldest === undefined
      ? held === undefined
      : compareIds(oldest, before) >= 0 && (held === undefined || compareIds(oldest, held.id) <= 0)
  if (!agrees) throw new LogUnavailable('unreadable', 'Discord gave an empty page where its log goes on.')
}
