import { hasValue } from '../json.ts'
import type { EntityType } from '../names/named-entity.ts'
import type { Snowflake } from '../snowflake.ts'

/** What Discord can mention by its id. */
export type Mentionable = 'user' | 'role' | 'channel'

/** A value to be shown, independent of where: a view turns it into markdown or plain text. */
export type Value =
  /** No value. */
  | { readonly type: 'none' }
  /** Words that Custos chose, such as `30 seconds`. They need no escaping. */
  | { readonly type: 'words'; readonly words: string }
  /** Text from a user or from Discord. The view has to escape it. */
  | { readonly type: 'text'; readonly text: string }
  /** A moment, in milliseconds since the Unix epoch. */
  | { readonly type: 'time'; readonly time: number }
  | { readonly type: Mentionable; readonly id: Snowflake }
  /** Something that cannot be mentioned, but may have a known name; `entityType` where its type is clear. */
  | { readonly type: 'entity'; readonly id: Snowflake; readonly entityType?: EntityType }
  /** An id that no name can be looked up for. It is shown as it is. */
  | { readonly type: 'code'; readonly code: string }
  | {
      readonly type: 'message'
      readonly guildId: Snowflake
      readonly channelId: Snowflake
      readonly id: Snowflake
    }
  /** Values that are read as one, such as what an AutoMod rule does and how. */
  | { readonly type: 'phrase'; readonly parts: readonly Value[] }
  | { readonly type: 'list'; readonly items: readonly Value[] }

/** No value. */
export const NONE: Value = { type: 'none' }

/** Words that Custos chose. */
export function words(text: string): Value {
  return { type: 'words', words: text }
}

/** Text from a user or from Discord. */
export function text(shown: string): Value {
  return shown === '' ? NONE : { type: 'text', text: shown }
}

/** Values that are read as one. */
export function phrase(...parts: readonly Value[]): Value {
  return { type: 'phrase', parts }
}

/** A value that no reader understands, as Discord sent it. */
export function raw(sent: unknown): Value {
  return isSet(sent) ? text(typeof sent === 'string' ? sent : JSON.stringify(sent)) : NONE
}

/** Whether Discord sent a value. An empty object or list counts as no value. */
export function isSet(sent: unknown): boolean {
  if (typeof sent === 'object' && sent !== null) return Object.keys(sent).length > 0
  return hasValue(sent)
}
