import type { LogEntry } from '../world/audit-log.ts'
import type { Actor, Values } from './actor.ts'

/**
 * Folds an act into a recent entry of the same kind by growing its count. Discord keeps the entry's id and sends no
 * event. https://github.com/discord/discord-api-docs/issues/5911
 * @returns whether there was such an entry
 */
export function mergeIntoRecent(
  actor: Actor,
  activity: { type: number; targetId: string | null; options: Values },
): boolean {
  const { world, guild, actorId } = actor
  const fits = (entry: LogEntry) =>
    entry.action_type === activity.type &&
    entry.user_id === actorId &&
    (entry.target_id ?? null) === activity.targetId &&
    Object.entries(activity.options).every(([key, value]) => entry.options?.[key] === value)
  return guild.log.merge(fits, world.now() - world.options.mergeWindow, (entry) => ({
    ...entry,
    options: { ...entry.options, count: String(Number(entry.options?.count ?? 1) + 1) },
  }))
}
