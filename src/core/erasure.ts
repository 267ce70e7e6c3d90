import type { Gone } from './archive.ts'
import type { Snowflake } from './snowflake.ts'

/** What a member confirmed to erase: all of a guild up to an id, or what concerns one of its members. */
export interface ErasureRequest {
  readonly guildId: Snowflake
  readonly upTo: Snowflake
  readonly memberId?: Snowflake | undefined
  /** Who confirmed it. */
  readonly by: Snowflake
}

/** It is noted what is to be erased, but not all of it could be removed. It is when it is tried again. */
export class ErasureUnfinished extends Error {
  override readonly name = 'ErasureUnfinished'
}

/** When it is tried again: in so many milliseconds, or when Custos starts. */
export type NextTry = number | 'at the next start'

/** How far an erasure has come by the time its answer is due. */
export type Erased =
  /** None of the archive's files holds anything of it. */
  | { readonly is: 'gone'; readonly gone: Gone }
  /** Nothing of it is shown or comes back, but copies can remain in the archive's files. */
  | { readonly is: 'hidden'; readonly gone: Gone; readonly nextTry: NextTry }
  /** Some of it can still be shown. */
  | { readonly is: 'begun'; readonly nextTry: NextTry }

/** Erases what members confirm. */
export interface Erasing {
  /**
   * Erases, and resolves when nothing is left of it on the disk, or is told when that will be.
   * @param onWait is told when its turn is still to come, though nothing of it is shown any more: in how many
   *   milliseconds, or 0 where it comes after one that is under way
   * @throws Error when not even its beginning could be written, so that nothing was erased
   */
  erase(request: ErasureRequest, onWait: (left: number) => void): Promise<Erased>
}
