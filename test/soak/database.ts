/** A fault of a database, with its name and its relative frequency. It returns what ends it, unless it ends by itself. */
type DatabaseFault = readonly [
  name: string,
  fault: () => Promise<(() => Promise<void>) | undefined>,
  weight: number,
]

/** The database that a soak's archive is in. */
export interface SoakDatabase {
  readonly type: 'sqlite' | 'postgres'
  /** `DATABASE_URL`. */
  readonly url: string
  /** Whether the bot can open the archive. */
  readonly isUp: boolean
  /** The faults that only this database has. */
  readonly faults: readonly DatabaseFault[]
  /** The rows of a query, as another program reads them. Large integers have to be cast to text. */
  rows(sql: string): Promise<Record<string, unknown>[]>
  /** Which of some erased texts are still in what the archive's database stores. */
  remaining(texts: readonly string[]): Promise<string[]>
  /** Removes it, after the bot is stopped. */
  remove(): Promise<void>
}

/** Opens a new database. */
export type OpenDatabase = () => Promise<SoakDatabase>
