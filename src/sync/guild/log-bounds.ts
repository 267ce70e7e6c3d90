import type { Archive } from '../../core/archive.ts'
import { oldestKept } from '../../core/coverage/coverage.ts'
import { compareIds, firstIdAt, maxId, minId, type Snowflake } from '../../core/snowflake.ts'
import { HOUR, MINUTE } from '../../core/time/units.ts'
import { type AuditLogSource, type LogPage, LogUnavailable } from '../audit-log-source.ts'

interface Deps {
  readonly guildId: Snowflake
  readonly archive: Pick<Archive, 'list'>
  readonly source: AuditLogSource
}

/** Up to which id a log is known by its newest page: the moment it was sent, or an entry that was made just then. */
export function endOf({ ends, at }: LogPage): Snowflake {
  const newest = maxId(ends?.newest ?? '0', firstIdAt(at))
  return minId(newest, firstIdAt(at + MINUTE))
}

/**
 * Makes sure that Discord's log has nothing before an id, after an empty page. Discord has sent empty pages by mistake, so
 * one is accepted only where Discord's 45 days end, or where the oldest entry, requested in another way, agrees with it
 * and with what is stored.
 * @param at when the empty page was sent, in milliseconds since the Unix epoch
 * @throws LogUnavailable when the page is not accepted
 */
export async function confirmBeginning(
  { guildId, archive, source }: Deps,
  before: Snowflake,
  at: number,
): Promise<void> {
  if (compareIds(before, oldestKept(guildId, at)) <= 0) return
  const oldest = await source.oldest(guildId)
  const slice = { order: 'oldest', limit: 1 } as const
  // Discord may drop entries meanwhile: an hour's worth is left out.
  const [stored] = await archive.list(guildId, { from: oldestKept(guildId, at + HOUR) }, slice)
  const agrees =
    oldest === undefined
      ? stored === undefined
      : compareIds(oldest, before) >= 0 && (stored === undefined || compareIds(oldest, stored.id) <= 0)
  if (!agrees) throw new LogUnavailable('unreadable', 'Discord sent an empty page where its log goes on.')
}
