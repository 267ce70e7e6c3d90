import type { Fault } from './faults/fault.ts'

/** A fault, with its name and its relative frequency. */
export type WeightedFault = readonly [name: string, fault: Fault, weight: number]

/** The database that a soak's archive is in. */
export interface SoakDatabase {
  /** `DATABASE_URL`. */
  readonly url: string
  /** Whether the bot can open the archive. */
  readonly isUp: boolean
  /** The faults that only this database has. */
  readonly faults: readonly WeightedFault[]
  /** The rows of a query, as another program reads them. Large integers have to be cast to text. */
  rows(sql: string): Promise<Record<string, unknown>[]>
  /** Which of some erased texts are still in what the archive's database stores. */
  remaining(texts: readonly string[]): Promise<string[]>
  /** Removes it, after the bot is stopped. */
  remove(): Promise<void>
}

/** Opens a new database. */
export type OpenDatabase = () => Promise<SoakDatabase>
