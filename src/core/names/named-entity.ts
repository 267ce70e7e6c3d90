import type { Snowflake } from '../snowflake.ts'

/** The types of entities that have names: the guild itself and what is in it. */
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
 * Whether an entity is in the guild: `gone` if it was deleted, kicked or banned; `unknown` if only its name was seen.
 */
export type Presence = 'present' | 'gone' | 'unknown'

/** An entity of a guild and its last observed name. It may no longer exist. */
export interface NamedEntity {
  readonly id: Snowflake
  readonly type: EntityType
  readonly name: string
  readonly presence: Presence
}

/** An entity that a text finds. */
export interface FoundEntity extends NamedEntity {
  /** A user's username in lower case; null if it is not recorded. */
  readonly alias: string | null
}

/** What was observed of an entity at a moment: its name, unless that is null, and whether it was present. */
export interface NameObservation {
  readonly id: Snowflake
  readonly type: EntityType
  readonly name: string | null
  /** For a user: the username, which is unique. */
  readonly alias?: string
  /** The moment of the observation, as an id. Observations may be recorded out of order. */
  readonly at: Snowflake
  /** Whether it was present or gone at that moment; `named` if only its name was observed. */
  readonly presence: 'present' | 'gone' | 'named'
}
