import type { LogEntry } from '../world/audit-log.ts'
import type { Scene, Values } from './actor.ts'

/**
 * Folds an act into a recent entry of the same kind by growing its count. Discord keeps the entry's id and sends no
 * event. https://github.com/discord/discord-api-docs/issues/5911
 * @returns whether there was such an entry
 */
export function grow(
  scene: Scene,
  deed: { type: number; targetId: string | null; options: Values },
): boolean {
  const { world, guild, actorId } = scene
  const fits = (entry: LogEntry) =>
    entry.action_type === deed.type &&
    entry.user_id === actorId &&
    (entry.target_id ?? null) === deed.targetId &&
    Object.entries(deed.options).every(([key, value]) => entry.options?.[key] === value)
  return guild.log.merge(fits, world.now() - world.options.mergeWindow, (entry) => ({
    ...entry,
    options: { ...entry.options, count: String(Number(entry.options?.count ?? 1) + 1) },
  }))
}
