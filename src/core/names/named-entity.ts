import type { Snowflake } from '../snowflake.ts'

/** The types of things that have names: the guild itself and what is in it. */
export type EntityType =
  | 'guild'
  | 'user'
  | 'bot'
  | 'role'
  | 'channel'
  | 'thread'
  | 'emoji'
  | 'sticker'
  | 'webhook'
  | 'integration'
  | 'stage'
  | 'event'
  | 'sound'
  | 'rule'
  | 'question'
  | 'command'
  | 'tag'

/**
 * Whether something is in the guild, as far as is known: `gone` if it was deleted, or is a member who was kicked or
 * banned; `unknown` if only its name was told.
 */
export type Presence = 'present' | 'gone' | 'unknown'

/** Something of a guild by the name it last had, which may have outlived it. */
export interface NamedEntity {
  readonly id: Snowflake
  readonly type: EntityType
  readonly name: string
  readonly presence: Presence
}

/** What was learnt of something at a moment: its name, if that was told, and whether it was there. */
export interface NameObservation {
  readonly id: Snowflake
  readonly type: EntityType
  readonly name: string | null
  /** Of a user, the username: nobody else has it. */
  readonly alias?: string
  /** The moment it was so, as an id of that moment: what is learnt later may be older. */
  readonly at: Snowflake
  /** Whether it was there or is gone since; `named` where only its name was told. */
  readonly presence: 'there' | 'gone' | 'named'
}
