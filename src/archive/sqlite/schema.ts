import type { ColumnType, Generated } from 'kysely'
import type { EntityClass } from '../../core/names/entity-class.ts'
import type { EntityType } from '../../core/names/named-entity.ts'

/**
 * A snowflake in a 64-bit integer column. It goes in as a BigInt; it is read by casting it to text, because a
 * JavaScript number would lose its last digits (node:sqlite refuses to hand such a number back).
 */
type Id = ColumnType<bigint, bigint, bigint>

/** One entry: what is asked of it in columns, and in `remainder` what they do not hold of its payload. */
export interface EntryTable {
  guild: Id
  id: Id
  kind: number
  executor: Id | null
  /** A snowflake as an integer; any other id as the text it is. */
  target: ColumnType<bigint | string, bigint | string, bigint | string> | null
  channel: Id | null
  count: number | null
  reason: string | null
  /** Whom the reason says it was done for: an id or a name, whoever that may be. */
  claim: string | null
  remainder: string
}

/** Stands in the daily sums for an executor that Discord does not tell. No snowflake is below zero. */
export const NOBODY = -1

/** Sums per UTC day, kept by triggers on `entry`, so that no write can forget them. */
export interface DailyTable {
  guild: Id
  /** `NOBODY` where Discord does not say who acted. */
  executor: Id
  kind: number
  /** Days since the Unix epoch. */
  day: number
  entries: number
  units: number
}

/** Sums per UTC day of the entries whose reason makes a claim. */
export interface AttributionTable {
  guild: Id
  claim: string
  executor: Id
  day: number
  entries: number
}

/** A stretch of a guild's log that is complete, both ends included. */
export interface CoverageTable {
  guild: Id
  start: Id
  end: Id
}

/** When each guild's log was read. */
export interface GuildTable {
  guild: Id
  /** When Discord was last read with success, in milliseconds since the Unix epoch. */
  read_at: number
  /** When what may have changed since was last read again. */
  swept_at: number | null
}

/** An id alone does not tell what it names, so a row has a class as well. */
export interface NameTable {
  guild: Id
  id: Id
  class: EntityClass
  is: EntityType
  /** Null where it was only told that something is there or gone. */
  name: string | null
  /** The name in lower case, for finding it. */
  folded: string | null
  /** Of a user, the username in lower case, which nobody else has. */
  alias: string | null
  /** The moments at which it was last known to bear the name, to be there and to be gone, as ids; 0 for never. */
  named_at: Id
  there_at: Id
  gone_at: Id
}

/** Questions that were asked, so that the buttons under their answers work. */
export interface SavedQueryTable {
  number: Generated<number>
  guild: Id
  asked_at: number
  question: string
}

/** Stands for all of a guild among the members that were forgotten. */
export const EVERYBODY = -1

/** How far forgetting has come. Versions before this one wrote 0 and 1 alone. */
export const ERASURE_STAGE = {
  /** None of the archive's files holds anything of it. */
  settled: 0,
  /** A member confirmed it: its rows are removed, and then the file is written anew. */
  confirmed: 1,
  /** Its rows are gone, and the file has to be written anew. */
  rewrite: 2,
  /** The file is written anew, and the write-ahead log has to be emptied. */
  emptyLog: 3,
  /** It is older than what is kept: its rows are removed, and overwritten where they were. */
  aged: 4,
} as const

/** Up to which id a guild, or what concerns one of its members, is forgotten. */
export interface ErasureTable {
  guild: Id
  /** `EVERYBODY` for the guild's whole archive. */
  member: Id
  up_to: Id
  /** How far it has come: one of `STAGE`. */
  pending: number
}

/** Guilds that the bot was removed from. */
export interface DepartureTable {
  guild: Id
  /** When that was noticed, by Discord's time, in milliseconds since the Unix epoch. */
  at: number
  /** From when on the time until the purge counts, by the trusted time; null where an earlier version noticed it. */
  trusted_at: number | null
}

/** The last moment by which what is old was removed: one row. */
export interface TrustedTimeTable {
  one: number
  /** In milliseconds since the Unix epoch. */
  at: number
}

/** Which entries that were purged had been done for a member who was forgotten. */
export interface ErasedAttributionTable {
  guild: Id
  entry: Id
  member: Id
}

/** The tables of an archive. */
export interface Schema {
  entry: EntryTable
  daily: DailyTable
  claimed: AttributionTable
  coverage: CoverageTable
  guild: GuildTable
  name: NameTable
  question: SavedQueryTable
  forgotten: ErasureTable
  departure: DepartureTable
  trusted: TrustedTimeTable
  forgotten_credit: ErasedAttributionTable
}
