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
import { utcDay } from '../../core/time/utc.ts'
import type { Progress } from '../../sync/guild-log.ts'

/** What keeps the archive from being up to date. */
const HINDRANCES: Readonly<Record<Failure, string>> = {
  forbidden:
    'I may not read this server’s audit log. Give my role the **View Audit Log** permission, under ' +
    'Server Settings → Roles',
  absent: 'Discord says that I am not in this server. Invite me again',
  limited: 'Discord could not be read, because I asked it too much',
  unreadable: 'Discord could not be read',
  unwritten: 'My archive cannot be written to, and my log tells whoever runs me why',
}

function hindrance(failure: Failure, { limitedUntil }: Limits): string {
  if (failure !== 'limited' || limitedUntil === undefined) return HINDRANCES[failure]
  return `Discord lets me read again <t:${Math.round(limitedUntil / 1000)}:R>`
}

type Limits = Pick<SyncStatus, 'limitedUntil'>

const DAY = 86_400_000

/** What the first answer of all in a guild is about, and when and how it came to be. */
interface First {
  readonly guildId: Snowflake
  readonly now: number
  readonly reading: SyncOutcome
  /** For how many days entries are kept; undefined for ever. */
  readonly retentionDays: number | undefined
}

/** What the first answer of all in a guild begins with: how far the archive reaches. */
export function welcomeOf(
  { ranges, forgottenTo }: Coverage,
  { guildId, now, reading, retentionDays }: First,
): string {
  const start = newestRange(ranges)?.start
  if (start === undefined) return `${FIRST}: the archive has only begun to read this server’s log.`
  const reaches = `${FIRST}: the archive reaches back to ${utcDay(timeOf(start))}`
  if (hasFailed(reading)) return `${reaches}.`
  const keeps = retentionDays === undefined ? 'from now on' : `for ${pluralize(retentionDays, 'day')}`
  if (forgottenTo !== undefined && compareIds(start, idAfter(forgottenTo)) <= 0) {
    return `${reaches}, since what was before has been erased, and keeps every entry ${keeps}.`
  }
  const end = oldestKept(guildId, now)
  if (compareIds(start, end) > 0) {
    return `${reaches} so far, is still being filled from Discord’s own log, and keeps every entry ${keeps}.`
  }
  const far = timeOf(start) < timeOf(end) - DAY ? 'further than' : 'as far as'
  return `${reaches}, ${far} Discord’s own log does, and keeps every entry ${keeps}.`
}

const FIRST = 'This is the first question here'

/** What a moderator has to know before they read an answer; undefined when it is all there is. */
export function noticeOf(reading: SyncOutcome, limits: Limits, readAt: number | null): string | undefined {
  if (reading === 'unfinished' || reading === 'uncounted')
    return '⏳ I am still reading this server’s audit log. Ask again for what is missing.'
  if (!hasFailed(reading)) return undefined
  const asOf = readAt === null ? '' : ` This is what I knew at <t:${Math.floor(readAt / 1000)}:f>.`
  return `⚠️ ${hindrance(reading, limits)}.${asOf}`
}

/** Why there is no answer at all, where nothing of the guild was ever read; undefined when there is one. */
export function hindranceOf(reading: SyncOutcome, limits: Limits): string | undefined {
  if (!hasFailed(reading)) return undefined
  const why = hindrance(reading, limits)
  if (reading === 'forbidden' || reading === 'absent') return `${why}, and ask again.`
  const again = reading === 'limited' && limits.limitedUntil !== undefined ? 'then' : 'in a minute'
  return `${why}, and I know nothing of this server yet. Ask again ${again}.`
}

/** How far a reading has come, for whoever waits for it. */
export function progressSentence({ entries, backTo }: Progress): string {
  return `Reading the audit log: ${pluralize(entries, 'entry', 'entries')}, back to ${utcDay(backTo)}…`
}
