import type { APIEmbedField } from 'discord-api-types/v10'
import { CLOCK_OFF } from '../../core/clock.ts'
import { type Failure, hasFailed, type SyncStatus } from '../../core/coverage/sync-status.ts'
import { pluralize } from '../../core/text/numbers.ts'
import { inWords } from '../../core/time/duration.ts'
import { formatDay } from '../../core/time/format-time.ts'
import { SECOND } from '../../core/time/units.ts'

/**
 * Whether entries arrive live, whether Custos has the permission, how far the first read of the log is, and how far the
 * host's clock is off.
 */
export function syncFields(status: SyncStatus, timeZone: string): APIEmbedField[] {
  return [
    { name: 'Live', value: live(status), inline: true },
    { name: 'Permission', value: permission(status), inline: true },
    ...readingField(status, timeZone),
    ...clockField(status),
  ]
}

const NOT_LIVE: Readonly<Record<Failure, string>> = {
  forbidden: 'no: nothing arrives without **View Audit Log**',
  absent: 'no: Discord says that Custos is not in this server',
  limited: 'no: Discord limits requests; Custos tries again',
  unreadable: 'no: the log could not be read; Custos tries again',
  unwritten: 'no: the archive cannot be written to',
}

function live({ liveFrom, lastRead, limitedUntil }: SyncStatus): string {
  if (liveFrom !== undefined) return 'yes: entries arrive as they are made'
  if (lastRead === 'limited' && limitedUntil !== undefined)
    return `no: Discord limits requests; Custos tries again <t:${Math.round(limitedUntil / SECOND)}:R>`
  return hasFailed(lastRead) ? NOT_LIVE[lastRead] : 'not yet: the log is being read'
}

function permission({ lastRead }: SyncStatus): string {
  if (lastRead === 'forbidden') return '**View Audit Log** is missing'
  if (lastRead === 'read') return 'View Audit Log is granted'
  return lastRead === undefined ? 'not checked yet' : 'not known: the log could not be read'
}

/** Shown only while the log is read for the first time. */
function readingField({ backfill }: SyncStatus, timeZone: string): APIEmbedField[] {
  if (!backfill) return []
  const { entries, backTo, guildsBefore } = backfill
  const soFar =
    entries === 0
      ? 'No entries so far'
      : `${pluralize(entries, 'entry', 'entries')} so far, back to ${formatDay(backTo, timeZone)}`
  const before = pluralize(guildsBefore, 'server is read before this one', 'servers are read before this one')
  return [{ name: 'Reading', value: guildsBefore === 0 ? `${soFar}.` : `${soFar}. ${before}.`, inline: true }]
}

/** Shown only if the clock of the host is off by more than `CLOCK_OFF`. */
function clockField({ hostAhead }: SyncStatus): APIEmbedField[] {
  if (Math.abs(hostAhead) <= CLOCK_OFF) return []
  const off = `${inWords(hostAhead / SECOND)} ${hostAhead > 0 ? 'ahead' : 'behind'}`
  const value = `The clock of the machine that Custos runs on is ${off}. Custos uses Discord’s time instead.`
  return [{ name: 'Clock', value, inline: true }]
}
