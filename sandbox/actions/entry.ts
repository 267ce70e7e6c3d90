import type { LogEntry } from '../world/audit-log.ts'
import type { JsonObject } from '../world/json.ts'
import type { Actor } from './actor.ts'

/** The fields of an entry that an action sets. */
interface EntryFields {
  readonly type: number
  readonly targetId?: string | null
  readonly changes?: readonly JsonObject[]
  readonly options?: JsonObject
  readonly reason?: string | undefined
  /** The executor that the entry names, if it is not the actor. */
  readonly userId?: string | null
  /** The time of the action, in milliseconds since the Unix epoch; now by default. */
  readonly at?: number
}

/** Writes an entry as Discord does: empty fields are left out. */
export function writeEntry({ world, guild, actorId }: Actor, fields: EntryFields): LogEntry {
  const { type, targetId = null, changes = [], options, reason, userId = actorId, at } = fields
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

/** The changes of an entry about something created. */
export function creationChanges(values: JsonObject): JsonObject[] {
  return Object.entries(values).map(([key, value]) => ({ key, new_value: value }))
}

/** The changes of an entry about something deleted. */
export function deletionChanges(values: JsonObject): JsonObject[] {
  return Object.entries(values).map(([key, value]) => ({ key, old_value: value }))
}

/**
 * The changes of an entry about an update. Null has no old or new value.
 * https://docs.discord.com/developers/resources/audit-log#audit-log-change-object
 */
export function updateChanges(before: JsonObject, after: JsonObject): JsonObject[] {
  return Object.keys(after)
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => ({
      key,
      ...(before[key] !== undefined && before[key] !== null && { old_value: before[key] }),
      ...(after[key] !== undefined && after[key] !== null && { new_value: after[key] }),
    }))
}
