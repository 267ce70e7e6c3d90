import type { ErasureCounts } from './archive.ts'
import type { Snowflake } from './snowflake.ts'

/** What a member confirmed to erase: all of a guild up to an id, or what concerns one of its members. */
export interface ErasureRequest {
  readonly guildId: Snowflake
  readonly upTo: Snowflake
  readonly memberId?: Snowflake | undefined
  /** Who confirmed it. */
  readonly by: Snowflake
}

/** When it is tried again: in so many milliseconds, or when Custos starts. */
export type NextTry = number | 'at the next start'

/** How far an erasure has come by the time its answer is due. */
export type ErasureResult =
  /** None of the archive's files holds anything of it. */
  | { readonly type: 'gone'; readonly gone: ErasureCounts }
  /** Nothing of it is shown or comes back, but copies can remain in the archive's files. */
  | { readonly type: 'hidden'; readonly gone: ErasureCounts; readonly nextTry: NextTry }
  /** Some of it can still be shown. */
  | { readonly type: 'begun'; readonly nextTry: NextTry }

/** Is told how an erasure goes on. */
export interface ErasureProgress {
  /** It will be erased, whatever happens to the process. */
  begun(): void
  /**
   * Nothing of it is shown any more, but it waits for its turn to be wiped off the disk: so many milliseconds, or 0
   * where that is not known.
   */
  waiting(left: number): void
}

/** Erases what members confirm. */
export interface Erasing {
  /**
   * Erases, and resolves when nothing is left of it on the disk, or is told when that will be.
   * @throws Error when not even its beginning could be written, so that nothing was erased
   */
  erase(request: ErasureRequest, progress: ErasureProgress): Promise<ErasureResult>
}
