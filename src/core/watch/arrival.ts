import type { Entry } from '../audit-log/entry.ts'
import type { Snowflake } from '../snowflake.ts'

/**
 * An entry that was stored, or whose count has grown, in the order in which that happened. Arrivals are numbered per guild
 * in the transaction that stores the entry, so that a watch misses none and handles none twice. They are only recorded in
 * guilds with watches.
 */
export interface Arrival {
  /** From 1, in the order of arrival. Numbers can be left out. */
  readonly number: number
  readonly entry: Entry
  /** When it was stored, by Discord's time, in milliseconds since the Unix epoch. */
  readonly at: number
  /** The number of the arrival that the entry came with, if this one is only about its count; 0 if that is not stored. */
  readonly grewFrom?: number | undefined
}

/** A part of the arrivals: those after a number and up to another, oldest first. */
export interface ArrivalRange {
  readonly after: number
  /** Absent for all that there are. */
  readonly to?: number | undefined
}

/** How many of some arrivals one executor made of one kind. */
export interface ArrivedCount {
  readonly executorId: Snowflake | null
  readonly kind: number
  readonly entries: number
  /** The sum of their counts, with 1 for an entry without a count. */
  readonly units: number
}

/** What an alert counts of an entry. */
export interface CountedEntry {
  readonly id: Snowflake
  readonly kind: number
  readonly executorId: Snowflake | null
  /** Whom a bot acted for; null if that is no recorded member. */
  readonly onBehalfOfId: Snowflake | null
  readonly targetId: string | null
  /** Its count, or 1. */
  readonly units: number
}
