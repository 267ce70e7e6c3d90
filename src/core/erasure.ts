import type { Snowflake } from './snowflake.ts'

/** What an erasure did. */
export interface ErasureCounts {
  /** How many entries were deleted. */
  readonly removed: number
  /** How many entries stay and lost their texts. */
  readonly scrubbed: number
}

/** What is cleared of erased content: the write-ahead log, which is quick, or the whole file. */
export type VacuumScope = 'log' | 'file'

/** Erases parts of an archive. Rows are deleted in batches, so that other work does not wait long. */
export interface Erasure {
  /**
   * Deletes a guild's entries up to an id, if one is given, and its queries up to a time (in milliseconds since the Unix
   * epoch), and finishes its unfinished erasures.
   */
  applyRetention(guildId: Snowflake, upTo: Snowflake | undefined, queriesUpTo: number): Promise<ErasureCounts>
  /**
   * Begins to erase a guild's entries, names and saved queries up to an id; or one member's names and the texts by and
   * about them. What is erased is not stored again. After it, the erasure is finished even if the process is killed, and
   * is among the guild's operations.
   * @returns how many entries it erases or, for a member, in how many it erases texts
   */
  beginErasing(request: ErasureRequest): Promise<number>
  /** Erases what was begun in a guild, which a stop or a full disk may have left unfinished. */
  finishErasing(guildId: Snowflake): Promise<ErasureCounts>
  /** The guilds of which the archive's files may still contain something that was erased. */
  guildsErasing(): Promise<Snowflake[]>
  /**
   * Removes erased content from the disk. A vacuum of the file blocks all writes while it runs.
   * @returns whether nothing is left of it
   * @throws Error when the vacuum fails
   */
  vacuum(scope: VacuumScope): Promise<boolean>
  /**
   * Lowers the bound of a guild's retention if it is ahead of an id, as after a wrong clock; removes it if `to` is
   * undefined. A bound that a member confirmed stays.
   * @returns whether it was ahead
   */
  lowerBound(guildId: Snowflake, ahead: Snowflake, to: Snowflake | undefined): Promise<boolean>
  /** Deletes the erasures of purged guilds that end before an id. @returns how many */
  dropBounds(before: Snowflake): Promise<number>
  /** The newest id of all entries up to `upTo`; without entries, the newest id of the guilds in the archive. */
  newestKnown(upTo: Snowflake): Promise<Snowflake | undefined>
  /** The last trusted time, in milliseconds since the Unix epoch; undefined before the first. */
  trustedTime(): Promise<number | undefined>
  /**
   * Stores the trusted time, in milliseconds since the Unix epoch.
   * @param leap how much further it moved than time has passed, in milliseconds; departures that were dated too early
   * move with it
   */
  recordTrustedTime(at: number, leap: number): Promise<void>
  /** The guilds of which anything other than erasures is stored. */
  guilds(): Promise<Snowflake[]>
  /** When the bot was removed from guilds in the archive, by the trusted time, in milliseconds since the Unix epoch. */
  departures(): Promise<Map<Snowflake, number>>
  /**
   * Stores when the bot was removed from a guild, in milliseconds since the Unix epoch.
   * @param at by Discord's time
   * @param trustedAt by the trusted time, which may be behind
   * @returns whether it is new, and anything of the guild is stored
   */
  recordDeparture(guildId: Snowflake, at: number, trustedAt: number): Promise<boolean>
  /** Removes the departure from a guild. @returns whether there was one */
  clearDeparture(guildId: Snowflake): Promise<boolean>
  /**
   * Deletes everything of a guild that the bot was removed from, except its erasures, which keep erased entries from
   * coming back with the bot.
   * @returns how many entries were deleted
   */
  purge(guildId: Snowflake): Promise<number>
}

/** An erasure that a member confirmed: of a guild up to an id, or of what concerns one of its members. */
export interface ErasureRequest {
  readonly guildId: Snowflake
  /** The id of the interaction that confirmed it. */
  readonly upTo: Snowflake
  readonly memberId?: Snowflake | undefined
  /** Who confirmed it. */
  readonly by: Snowflake
}

/** When an erasure is tried again: in so many milliseconds, or when Custos starts. */
export type NextTry = number | 'at the next start'

/** How far an erasure has come when the member is answered. `entries` is what `beginErasing` returned. */
export type ErasureResult =
  /** None of the archive's files contains erased content. */
  | { readonly type: 'gone'; readonly entries: number }
  /** Its rows are deleted and are not stored again, but the archive's files can contain copies. */
  | { readonly type: 'hidden'; readonly entries: number; readonly nextTry: NextTry }
  /** Some of it can still be shown. */
  | { readonly type: 'begun'; readonly nextTry: NextTry }

/** Receives the progress of an erasure. */
export interface ErasureProgress {
  /** The erasure is stored: it is finished even if the process is killed. */
  begun(): void
  /** Its rows are deleted, and it waits for a vacuum: so many milliseconds, or 0 if that is not known. */
  waiting(left: number): void
}

/** Erases what members confirm. */
export interface Erasing {
  /**
   * Resolves when nothing is left on the disk, or when an answer cannot wait any longer.
   * @throws Error when the erasure could not be stored, so that nothing is erased
   */
  erase(request: ErasureRequest, progress: ErasureProgress): Promise<ErasureResult>
}
