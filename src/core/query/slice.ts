import type { Snowflake } from '../snowflake.ts'

/** A part of a list of entries. */
export interface Slice {
  readonly order: 'newest' | 'oldest'
  readonly limit: number
  /** The entry before the part, in the list's order; absent for the beginning of the list. */
  readonly past?: Snowflake | undefined
  /** How many entries are left out before the part, from `past` or the beginning of the list on; none if absent. */
  readonly skip?: number | undefined
}
