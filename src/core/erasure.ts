import type { ErasureCounts } from './archive.ts'
import type { Snowflake } from './snowflake.ts'

/** An erasure that a member confirmed: of a guild up to an id, or of what concerns one of its members. */
export interface ErasureRequest {
  readonly guildId: Snowflake
  readonly upTo: Snowflake
  readonly memberId?: Snowflake | undefined
  /** Who confirmed it. */
  readonly by: Snowflake
}

/** When an erasure is tried again: in so many milliseconds, or when Custos starts. */
export type NextTry = number | 'at the next start'

/** How far an erasure has come when its answer is due. */
export type ErasureResult =
  /** None of the archive's files contains anything of it. */
  | { readonly type: 'gone'; readonly gone: ErasureCounts }
  /** Its rows are deleted and do not come back, but the archive's files can contain copies. */
  | { readonly type: 'hidden'; readonly gone: ErasureCounts; readonly nextTry: NextTry }
  /** Some of it can still be shown. */
  | { readonly type: 'begun'; readonly nextTry: NextTry }

/** Receives the progress of an erasure. */
export interface ErasureProgress {
  /** It will be erased, even if the process is killed. */
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
