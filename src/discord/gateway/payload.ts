import { isRecord, recordsIn } from '../../core/json.ts'
import { isSnowflake, type Snowflake } from '../../core/snowflake.ts'

/** An object as Discord sent it. Nothing is known of its fields. */
export type Payload = Readonly<Record<string, unknown>>

/** Why a frame or an event is dropped, to end a log line with. It holds nothing of what was sent. */
export interface Rejected {
  readonly rejected: string
}

/** Whether every item of a list has an id, so that what is missing from the list does not exist. */
export function isCompleteList(list: unknown): boolean {
  return Array.isArray(list) && list.every((item) => isRecord(item) && isSnowflake(item.id))
}

/** Whether a list has all roles of a guild. It has to include @everyone, whose id is the guild's own. */
export function listsEveryRole(list: unknown, guildId: Snowflake): boolean {
  return isCompleteList(list) && recordsIn(list).some(({ id }) => id === guildId)
}
