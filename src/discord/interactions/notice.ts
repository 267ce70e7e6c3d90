import { type Coverage, oldestKept } from '../../core/coverage/coverage.ts'
import { newestRange } from '../../core/coverage/ranges.ts'
import {
  type Failure,
  hasFailed,
  type SyncOutcome,
  type SyncStatus,
} from '../../core/coverage/sync-status.ts'
import { compareIds, idAfter, type Snowflake, timeOf } from '../../core/snowflake.ts'
import { pluralize } from '../../core/text/numbers.ts'
import { formatDay } from '../../core/time/format-time.ts'
import { DAY } from '../../core/time/units.ts'
import type { Progress } from '../../sync/guild/log-pages.ts'

/** Why the archive is not up to date. */
const REASONS: Readonly<Record<Failure, string>> = {
  forbidden:
    'Custos cannot read this server’s audit log. Give its role the **View Audit Log** permission, under ' +
    'Server Settings → Roles',
  absent: 'Discord says that Custos is not in this server. Invite it again',
  limited: 'Discord could not be read, because it limits how often Custos can read',
  unreadable: 'Discord could not be read',
  unwritten: 'Custos could not save what it read. Tell the operator: the reason is in its log',
}

type LimitStatus = Pick<SyncStatus, 'limitedUntil'>

function reasonFor(failure: Failure, { limitedUntil }: LimitStatus): string {
  if (failure !== 'limited' || limitedUntil === undefined) return REASONS[failure]
  return `Discord limits how often Custos can read. Reading continues <t:${Math.round(limitedUntil / 1000)}:R>`
}

/** What the first answer in a guild is about. */
interface FirstAnswer {
  readonly guildId: Snowflake
  readonly now: number
  readonly outcome: SyncOutcome
  /** For how many days entries are stored; undefined for unlimited. */
  readonly retentionDays: number | undefined
  readonly timeZone: string
}

/** The line above the first answer in a guild. It says how far back the archive reaches. */
export function welcomeNotice(
  { ranges, erasedTo }: Coverage,
  { guildId, now, outcome, retentionDays, timeZone }: FirstAnswer,
): string {
  const start = newestRange(ranges)?.start
  if (start === undefined) return 'Custos has only just started to read this server’s audit log.'
  const reaches = `Custos has this server’s audit log back to ${formatDay(timeOf(start), timeZone)}`
  if (hasFailed(outcome)) return `${reaches}.`
  const keeps =
    retentionDays === undefined
      ? 'It stores every new entry.'
      : `It stores every entry for ${pluralize(retentionDays, 'day')}.`
  if (erasedTo !== undefined && compareIds(start, idAfter(erasedTo)) <= 0) {
    return `${reaches}; older entries were erased. ${keeps}`
  }
  const oldest = oldestKept(guildId, now)
  if (compareIds(start, oldest) > 0) return `${reaches} so far; older entries are being added. ${keeps}`
  const far = timeOf(start) < timeOf(oldest) - DAY ? 'further than' : 'as far as'
  return `${reaches}, ${far} Discord keeps it. ${keeps}`
}

/** What a moderator has to know before reading an answer; undefined if it is complete. */
export function syncNotice(
  outcome: SyncOutcome,
  status: LimitStatus,
  readAt: number | null,
): string | undefined {
  if (outcome === 'unfinished' || outcome === 'unstored')
    return '⏳ Custos is still reading this server’s audit log. Run the command again for what is missing.'
  if (!hasFailed(outcome)) return undefined
  const asOf = readAt === null ? '' : ` This reply is as of <t:${Math.floor(readAt / 1000)}:f>.`
  return `⚠️ ${reasonFor(outcome, status)}.${asOf}`
}

/** What replaces the answer if nothing of a guild is stored; undefined if the sync did not fail. */
export function failureSentence(outcome: SyncOutcome, status: LimitStatus): string | undefined {
  if (!hasFailed(outcome)) return undefined
  const reason = reasonFor(outcome, status)
  if (outcome === 'forbidden' || outcome === 'absent') return `${reason}, and run the command again.`
  const when = outcome === 'limited' && status.limitedUntil !== undefined ? 'then' : 'in a minute'
  return `${reason}. Nothing of this server’s audit log is stored yet. Try again ${when}.`
}

/** How far a sync has come, shown while a member waits for the answer. */
export function progressSentence({ entries, backTo }: Progress, timeZone: string): string {
  return `Reading the audit log: ${pluralize(entries, 'entry', 'entries')}, back to ${formatDay(backTo, timeZone)}…`
}
