import type { LogEntry } from '../world/audit-log.ts'
import type { Guild } from '../world/guild.ts'
import type { World } from '../world/world.ts'

/** Who acts, and where. */
export interface Actor {
  readonly world: World
  readonly guild: Guild
  readonly actorId: string
}

export type Values = Readonly<Record<string, unknown>>

/** What an act writes into the log, but for its id and who did it. */
interface EntryFields {
  readonly type: number
  readonly targetId?: string | null
  readonly changes?: readonly Values[]
  readonly options?: Values
  readonly reason?: string | undefined
  /** Who the entry says acted, where that is not the actor. */
  readonly userId?: string | null
  /** When it was done, in milliseconds since the Unix epoch, where that is not now. */
  readonly at?: number
}

/** Writes the entry Discord would write, in its wire shape: what is empty is absent. */
export function writeEntry({ world, guild, actorId }: Actor, activity: EntryFields): LogEntry {
  const { type, targetId = null, changes = [], options, reason, userId = actorId, at } = activity
  const entry: LogEntry = {
    id: world.newId(at),
    user_id: userId,
    target_id: targetId,
    action_type: type,
    ...(changes.length > 0 && { changes }),
    ...(options && { options }),
    ...(reason !== undefined && { reason }),
  }
  world.log(guild, entry)
  return entry
}

/** The changes of an act that made something. */
export function creationChanges(values: Values): Values[] {
  return Object.entries(values).map(([key, value]) => ({ key, new_value: value }))
}

/** The changes of an act that removed something. */
export function deletionChanges(values: Values): Values[] {
  return Object.entries(values).map(([key, value]) => ({ key, old_value: value }))
}

/** The changes of an act that turned one state into another; what is set to null has no new value. */
export function updateChanges(before: Values, after: Values): Values[] {
  return Object.keys(after)
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => ({
      key,
      ...(before[key] !== undefined && before[key] !== null && { old_value: before[key] }),
      ...(after[key] !== undefined && after[key] !== null && { new_value: after[key] }),
    }))
}
