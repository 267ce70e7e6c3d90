import type { EntityClass } from '../names/entity-class.ts'
import type { Snowflake } from '../snowflake.ts'
import type { Party, Tally } from './tally.ts'

/** What is ranked, and by which number. */
export interface RankOptions {
  readonly by: Party
  /** The number that decides the order: of entries, or of units. */
  readonly most: 'entries' | 'units'
  /** How many are returned. */
  readonly top: number
}

/** Moderators, targets or channels, by how many entries or units each has. */
export interface Ranking {
  /** The first of them, most first. The key is null for entries where Discord does not say. */
  readonly top: readonly Tally<string | null>[]
  /** How many there are in total. */
  readonly size: number
}

/** Which targets of repeated actions are returned: those with at least `min` entries. */
export interface RepeatsOptions {
  readonly min: number
  readonly skip: number
  readonly limit: number
}

/** A target of repeated actions. */
export interface Repeat {
  readonly targetId: string
  /** Its class; absent if Discord does not say. */
  readonly targetType?: EntityClass
  readonly entries: number
  /** The first and the last entry's id. */
  readonly first: Snowflake
  readonly last: Snowflake
  /** How often each kind of action was done, most often first. */
  readonly kinds: readonly Tally<number>[]
  /**
   * Who did it, most entries first. The key is null for entries where Discord does not say. What AutoMod and Discord did
   * by themselves is left out: its executor is the offender.
   */
  readonly by: readonly Tally<string | null>[]
}

/** A part of the list of targets of repeated actions. */
export interface Repeats {
  readonly top: readonly Repeat[]
  /** How many targets there are in total. */
  readonly size: number
}
