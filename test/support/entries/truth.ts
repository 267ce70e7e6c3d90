import { AuditLogEvent } from 'discord-api-types/v10'
import type { LogEntry } from '../../../sandbox/world/audit-log.ts'

/** The count of an entry; 1 if it has none. */
export function countOf({ options }: LogEntry): number {
  return Number(options?.count ?? 1)
}

/** Whether an entry is about deleted messages, single or in bulk. */
export function isDelete({ action_type }: LogEntry): boolean {
  return action_type === AuditLogEvent.MessageDelete || action_type === AuditLogEvent.MessageBulkDelete
}

export function messagesIn(entries: readonly LogEntry[]): number {
  return entries.reduce((sum, entry) => sum + countOf(entry), 0)
}

/** The five groups with the most messages, as a field of a reply lists them: `<@id> **n**`, ties ordered by id. */
export function ranked(
  entries: readonly LogEntry[],
  keyOf: (entry: LogEntry) => string,
  mention: (key: string) => string,
): string[] {
  const groups = [...Map.groupBy(entries, keyOf)].map(([key, those]) => ({
    key,
    entries: those.length,
    messages: messagesIn(those),
  }))
  groups.sort((a, b) => b.messages - a.messages || b.entries - a.entries || (a.key < b.key ? -1 : 1))
  const lines = groups.slice(0, 5).map(({ key, messages }) => `${mention(key)} **${messages}**`)
  const rest = groups.length - lines.length
  return rest > 0 ? [...lines, rest === 1 ? 'and 1 other' : `and ${rest} others`] : lines
}
