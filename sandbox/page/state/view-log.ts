import { AuditLogEvent } from 'discord-api-types/v10'
import type { Town } from '../../town/town.ts'
import type { LogEntry } from '../../world/audit-log.ts'
import { asString } from '../../world/json.ts'
import { timeOf } from '../../world/snowflakes.ts'
import { DAY } from '../../world/units.ts'
import type { LogLine, LogView } from './page-state.ts'

/** How many entries are listed. */
const MAX_LINES = 40

/** Discord's audit log as it is now, in counts and in words, without the bot. */
export function logView({ discord, guild }: Town): LogView {
  const now = discord.world.now()
  const retentionDays = Math.round(discord.world.retention / DAY)
  const stored = guild.log.since(now - discord.world.retention)
  const windows = [
    ['24 h', 1],
    ['7 days', 7],
    [`${retentionDays} days`, retentionDays],
  ] as const
  return {
    retentionDays,
    counts: windows.map(([window, days]) => {
      const entries = stored.filter(({ id }) => timeOf(id) >= now - days * DAY)
      return { window, entries: entries.length, deleted: messagesIn(entries) }
    }),
    lines: stored.slice(-MAX_LINES).reverse().map(line),
  }
}

function messagesIn(entries: readonly LogEntry[]): number {
  const deletes: readonly unknown[] = [AuditLogEvent.MessageDelete, AuditLogEvent.MessageBulkDelete]
  return entries
    .filter(({ action_type }) => deletes.includes(action_type))
    .reduce((sum, { options }) => sum + Number(options?.count ?? 1), 0)
}

function line({ id, user_id, target_id, action_type, options, reason }: LogEntry): LogLine {
  return {
    id,
    at: timeOf(id),
    action: (AuditLogEvent[action_type ?? 0] ?? 'Unknown').replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
    by: user_id ?? null,
    on: target_id ?? '',
    channel: asString(options?.channel_id) ?? '',
    count: Number(options?.count ?? 1),
    reason: reason ?? '',
  }
}
