import type { EntityType } from '../names/named-entity.ts'
import type { Snowflake } from '../snowflake.ts'

/** What can be mentioned, or at least named, by its id. */
export type Mentionable = 'user' | 'role' | 'channel'

/** A value of an entry as a person reads it, before a view gives it the form of its place. */
export type Value =
  /** Nothing was set. */
  | { readonly is: 'none' }
  /** Words of ours, such as `30 seconds`. */
  | { readonly is: 'words'; readonly words: string }
  /** Text from a member or from Discord: whatever shows it has to make it inert. */
  | { readonly is: 'text'; readonly text: string }
  /** A moment, in milliseconds since the Unix epoch. */
  | { readonly is: 'time'; readonly time: number }
  | { readonly is: Mentionable; readonly id: Snowflake }
  /** Something that cannot be mentioned, but may be known by a name; `type` is what it is, where that is clear. */
  | { readonly is: 'thing'; readonly id: Snowflake; readonly type?: EntityType }
  /** An id of something that has no name here: it is shown as it is. */
  | { readonly is: 'code'; readonly code: string }
  | {
      readonly is: 'message'
      readonly guildId: Snowflake
      readonly channelId: Snowflake
      readonly id: Snowflake
    }
  /** Values that belong together, such as what an AutoMod rule does and how. */
  | { readonly is: 'phrase'; readonly parts: readonly Value[] }
  | { readonly is: 'list'; readonly items: readonly Value[] }

/** No value at all. */
export const NONE: Value = { is: 'none' }

/** Words of ours. */
export function words(text: string): Value {
  return { is: 'words', words: text }
}

/** Text of a user's or of Discord's. */
export function text(shown: string): Value {
  return shown === '' ? NONE : { is: 'text', text: shown }
}

/** Values that belong together. */
export function phrase(...parts: readonly Value[]): Value {
  return { is: 'phrase', parts }
}

/** A value nobody has taught Custos to read, as Discord sent it. */
export function raw(sent: unknown): Value {
  return isSet(sent) ? text(typeof sent === 'string' ? sent : JSON.stringify(sent)) : NONE
}

/** Whether Discord sent a value. An object or a list with nothing in it is none. */
export function isSet(sent: unknown): boolean {
  if (typeof sent === 'object' && sent !== null) return Object.keys(sent).length > 0
  return sent !== undefined && sent !== null && sent !== ''
}
