import type { Reading } from '../core/standing.ts'
import { utcDay } from '../core/utc.ts'
import { counted } from '../core/words.ts'
import type { Progress } from './guild-log.ts'

const PERMISSION =
  'I may not read this server’s audit log. Give my role the **View Audit Log** permission, under ' +
  'Server Settings → Roles'

/** What a moderator has to know before they read an answer; undefined when it is all there is. */
export function noticeOf(reading: Reading, readAt: number | null): string | undefined {
  if (reading === 'read') return undefined
  if (reading === 'unfinished')
    return '⏳ I am still reading this server’s audit log. Ask again for what is missing.'
  const asOf = readAt === null ? '' : ` This is what I knew at <t:${Math.floor(readAt / 1000)}:f>.`
  return reading === 'forbidden' ? `⚠️ ${PERMISSION}.${asOf}` : `⚠️ Discord could not be read.${asOf}`
}

/** Why there is no answer at all, where nothing of the guild was ever read; undefined when there is one. */
export function hindranceOf(reading: Reading): string | undefined {
  if (reading === 'forbidden') return `${PERMISSION}, and ask again.`
  return reading === 'unreadable'
    ? 'Discord could not be read, and I know nothing of this server yet. Ask again in a minute.'
    : undefined
}

export function progressSentence({ entries, backTo }: Progress): string {
  return `Reading the audit log: ${counted(entries, 'entry', 'entries')}, back to ${utcDay(backTo)}…`
}
