import type { LogEntry } from '../world/audit-log.ts'
import type { JsonObject } from '../world/json.ts'
import type { Actor } from './actor.ts'

/** The action that may be merged into an earlier entry. */
interface MergedAction {
  readonly type: number
  readonly targetId: string | null
  readonly options: JsonObject
}

/**
 * Merges an action into a recent entry of the same actor, type, target and options by raising its count. Discord
 * keeps the entry's id and sends no event. https://github.com/discord/discord-api-docs/issues/5911
 * @returns whether there was such an entry
 */
export function mergeIntoRecent(actor: Actor, action: MergedAction): boolean {
  const { world, guild, actorId } = actor
  const fits = (entry: LogEntry) =>
    entry.action_type === action.type &&
    entry.user_id === actorId &&
    (entry.target_id ?? null) === action.targetId &&
    Object.entries(action.options).every(([key, value]) => entry.options?.[key] === value)
  return guild.log.merge(fits, world.now() - world.options.mergeWindow, (entry) => ({
    ...entry,
    options: { ...entry.options, count: String(Number(entry.options?.count ?? 1) + 1) },
  }))
}
