import type { ColumnType, Generated } from 'kysely'
import type { EntityClass } from '../core/names/entity-class.ts'
import type { EntityType } from '../core/names/named-entity.ts'
import type { Delivery } from '../core/watch/post.ts'
import type { WatchType } from '../core/watch/watch.ts'

/**
 * A snowflake in a 64-bit integer column. It is written as a BigInt and read as text by a cast, because a JavaScript
 * number would lose its last digits (node:sqlite throws instead of returning such a number).
 */
type Id = ColumnType<bigint, bigint, bigint>

/** Audit log entries: what is searched and counted in columns, the rest of the payload in `payload_rest`. */
interface EntryTable {
  guild_id: Id
  id: Id
  kind: number
  executor: Id | null
  /** A snowflake as an integer; any other id as text. */
  target: ColumnType<bigint | string, bigint | string, bigint | string> | null
  channel: Id | null
  count: number | null
  reason: string | null
  /** Whom the reason names as the one a bot acted for: an id or a name, which may be nobody's. */
  attribution: string | null
  payload_rest: string
}

/** The executor in the daily sums when Discord does not say who acted. No snowflake is below zero. */
export const NOBODY = -1

/** Sums per UTC day, changed in the transaction that changes the entries. */
interface DailyTable {
  guild_id: Id
  /** `NOBODY` when Discord does not say who acted. */
  executor: Id
  kind: number
  /** Days since the Unix epoch. */
  day: number
  entries: number
  units: number
}

/** Sums per UTC day of the entries that have an attribution. */
interface DailyAttributionTable {
  guild_id: Id
  attribution: string
  executor: Id
  day: number
  entries: number
}

/**
 * The entries of a UTC day as a few columns, to count by target or channel without reading each entry: a million take 20 ms
 * instead of 100 to 200. It is derived from `entry`, and deleted by the transaction that changes an entry of the day.
 * `src/archive/packed-days/packed-columns.ts` has the format of the columns.
 */
interface PackedDayTable {
  guild_id: Id
  /** Days since the Unix epoch. */
  day: number
  counts: Uint8Array
  targets: Uint8Array
  kinds: Uint8Array
  channels: Uint8Array
}

/** The ranges of a guild's log that are complete, both ends included. */
interface CoverageTable {
  guild_id: Id
  start: Id
  end: Id
}

/** The guilds of which anything other than erasures is stored, and when their logs were read. */
interface GuildTable {
  guild_id: Id
  /** When the log was last read, in milliseconds since the Unix epoch; null before that. */
  read_at: number | null
  /** When entries that can still change were last read again, in milliseconds since the Unix epoch. */
  swept_at: number | null
}

/** Names, by id and class, because things of several classes can share an id. */
interface NameTable {
  guild_id: Id
  id: Id
  class: EntityClass
  type: EntityType
  /** Null when only its presence was recorded. */
  name: string | null
  /** The name in lower case, for searching. */
  folded: string | null
  /** A user's username in lower case, which is unique. */
  alias: string | null
  /** When it was last seen with this name, present, and gone, as snowflakes; 0 for never. */
  named_at: Id
  present_at: Id
  gone_at: Id
}

/** Queries that were run, so that the buttons under their answers keep working. */
interface SavedQueryTable {
  number: number
  guild_id: Id
  asked_at: number
  query: string
}

/** The member of an erasure of the whole guild. */
export const WHOLE_GUILD = -1

/** How far an erasure has come. The first versions wrote 0 and 1 only. */
export const ERASURE_STAGE = {
  /** None of the archive's files contains anything of it. */
  settled: 0,
  /** A member confirmed it. Its rows have to be deleted, then the file has to be vacuumed. */
  confirmed: 1,
  /** Its rows are deleted; the file has to be vacuumed. */
  vacuum: 2,
  /** The file is vacuumed; the write-ahead log has to be emptied. */
  emptyLog: 3,
  /** Its entries are older than the retention. Its rows have to be deleted, which overwrites them; no vacuum follows. */
  expired: 4,
} as const

/** Up to which id a guild, or what concerns one of its members, is erased. */
interface ErasureTable {
  guild_id: Id
  /** `WHOLE_GUILD` for everything of the guild. */
  member: Id
  up_to: Id
  /** One of `ERASURE_STAGE`. */
  stage: number
}

/** Guilds that the bot was removed from. */
interface DepartureTable {
  guild_id: Id
  /** When that was noticed, by Discord's time, in milliseconds since the Unix epoch. */
  at: number
  /** From when the time until the purge counts, by the trusted time; null if an earlier version noticed it. */
  trusted_at: number | null
}

/** The last trusted time, by which old entries are deleted: one row. */
interface TrustedTimeTable {
  one: number
  /** In milliseconds since the Unix epoch. */
  at: number
}

/** Which purged entries bots made for a member who is erased. */
interface ErasedAttributionTable {
  guild_id: Id
  entry: Id
  member: Id
}

/** What is set in a guild. */
interface SettingTable {
  guild_id: Id
  /** An IANA name. */
  time_zone: string | null
  /** Whether a member has ever run a command: 0 or 1. */
  asked: Generated<number>
  /** The number of the last watch that was added, and of the last arrival; 0 before the first. */
  last_watch: Generated<number>
  last_arrival: Generated<number>
}

/** What members had Custos do. */
interface OperationTable {
  guild_id: Id
  /** The interaction that asked for it. */
  id: Id
  executor: Id
  type: string
  /** An `OperationDetail` as JSON. */
  detail: string
}

/** Feeds, alerts and digests. */
interface WatchTable {
  guild_id: Id
  number: number
  /** The type of the definition. */
  type: WatchType
  channel: Id
  /** A `WatchDefinition` as JSON. */
  definition: string
  set_by: Id
  /** The interaction that set it. */
  set_at: Id
  /** The number of the last arrival that was handled. Digests handle none. */
  position: number
  /** The end of the last period that a digest has handled, in milliseconds since the Unix epoch. */
  done_to: number | null
  /** Why nothing can be posted: a `Pause` as JSON. */
  paused: string | null
}

/** Entries that were stored since the oldest watch was set, and those whose counts grew, in the order of that. */
interface ArrivalTable {
  guild_id: Id
  number: number
  entry: Id
  /** The number that the entry arrived with, or 0 if that is not stored; null if this is the one. */
  grew_from: number | null
  /** In milliseconds since the Unix epoch. */
  at: number
}

/** The messages of watches. They hold ids and times, and no texts. */
interface PostTable {
  guild_id: Id
  watch: number
  number: number
  /** It shows arrivals after `past` and up to `up_to`. */
  past: number
  up_to: number
  /** A `PostContent` as JSON. */
  content: string
  delivery: Delivery['type']
  /** When it was sent for the first time, while it is not known whether it arrived. */
  attempted_at: number | null
  message: Id | null
  /** Whether something has to be edited in: 0 or 1. */
  changed: number
  /** Whether it is open, not sent or not up to date: 0 or 1. */
  unfinished: number
  /** The time of the last thing that it shows, in milliseconds since the Unix epoch. */
  at: number
}

/** The tables of an archive. */
export interface Schema {
  entry: EntryTable
  daily: DailyTable
  daily_attribution: DailyAttributionTable
  packed_day: PackedDayTable
  coverage: CoverageTable
  guild: GuildTable
  name: NameTable
  saved_query: SavedQueryTable
  erasure: ErasureTable
  departure: DepartureTable
  trusted_time: TrustedTimeTable
  erased_attribution: ErasedAttributionTable
  setting: SettingTable
  operation: OperationTable
  watch: WatchTable
  arrival: ArrivalTable
  post: PostTable
}
