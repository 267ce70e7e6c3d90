import type { Kysely } from 'kysely'
import type { Snowflake } from '../../core/snowflake.ts'
import type { Schema } from '../schema.ts'

/**
 * The database for one operation of a guild, or of no single guild. Its statements take turns with those of other guilds.
 * @param signal aborts when nobody waits for the operation any more: what waits or runs then rejects with its reason
 */
export type Connect = (guildId?: Snowflake, signal?: AbortSignal) => Kysely<Schema>

/** The connections to an archive's database. */
export interface Connections {
  readonly writer: Connect
  /** For statements that take milliseconds. */
  readonly reader: Connect
  /** For statements that read a large part of a guild. */
  readonly searcher: Connect
  /** @returns whether the writer has ended. One that SQLite keeps busy can go on after it */
  close(): Promise<boolean>
  /** Whether no thread is left. */
  readonly hasEnded: boolean
}
