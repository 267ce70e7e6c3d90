import type { QueuedEvent } from './event-line.ts'

/** What is left of a batch that the archive did not store. */
interface Bisected {
  /** The event that the archive may reject; several only if Custos stopped meanwhile. */
  readonly suspect: readonly QueuedEvent[]
  /** Other events that are not stored. */
  readonly others: readonly QueuedEvent[]
  /** Whether the archive stored anything. */
  readonly isWritable: boolean
}

/**
 * Halves a batch that the archive did not store until one event is left, and stores what it can on the way.
 * @param write writes events; returns the error, or undefined when they are stored
 */
export async function bisect(
  batch: readonly QueuedEvent[],
  write: (events: readonly QueuedEvent[]) => Promise<unknown>,
  signal: AbortSignal,
): Promise<Bisected> {
  let suspect = batch
  let others: readonly QueuedEvent[] = []
  let isWritable = false
  while (suspect.length > 1 && !signal.aborted) {
    const middle = Math.ceil(suspect.length / 2)
    const [half, rest] = [suspect.slice(0, middle), suspect.slice(middle)]
    if ((await write(half)) === undefined) {
      isWritable = true
      suspect = rest
    } else {
      others = [...rest, ...others]
      suspect = half
    }
  }
  return { suspect, others, isWritable }
}
