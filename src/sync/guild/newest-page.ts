import type { Archive } from '../../core/archive.ts'
import type { Entry } from '../../core/audit-log/entry.ts'
import { isDatedAhead } from '../../core/coverage/coverage.ts'
import { sumOf } from '../../core/query/tally.ts'
import { compareIds, firstIdAt, maxId, minId, oldestId, type Snowflake } from '../../core/snowflake.ts'
import { MINUTE } from '../../core/time/units.ts'
import type { LogPage } from '../audit-log-source.ts'
import type { EventQueue } from '../ingest/event-queue.ts'

interface Deps {
  readonly guildId: Snowflake
  readonly archive: Pick<Archive, 'countByKind' | 'coverage'>
  /** The gateway's events that are not stored yet. */
  readonly queue: Pick<EventQueue, 'unstored'>
}

/** How long after its entry an event can come, in milliseconds. */
const LATEST_EVENT = MINUTE

/** Up to which id a log is complete with its newest page: the moment it was sent, or an entry made at that moment. */
export function endOf({ ends, at }: LogPage): Snowflake {
  const newest = maxId(ends?.newest ?? '0', firstIdAt(at))
  return minId(newest, firstIdAt(at + MINUTE))
}

/** Whether the newest page continues what is known: the gateway has sent every entry on it whose event is due. */
export async function continuesKnown(
  { guildId, archive, queue }: Deps,
  { entries, at }: LogPage,
): Promise<boolean> {
  const { erasedTo, readAt } = await archive.coverage(guildId)
  if (readAt === null || isDatedAhead(readAt, at)) return false
  const to = firstIdAt(at - LATEST_EVENT)
  const isDue = ({ id }: Entry) =>
    compareIds(id, to) < 0 && (erasedTo === undefined || compareIds(id, erasedTo) > 0)
  const due = entries.filter(isDue).map(({ id }) => id)
  const from = oldestId(due)
  if (from === undefined) return true
  const stored = sumOf(await archive.countByKind(guildId, { from, to }))
  const queued = [...queue.unstored(guildId)].flatMap((update) => update.entries.filter(isDue))
  return stored.entries + queued.length >= due.length
}
