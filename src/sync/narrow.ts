import type { HeldEvent } from './held-events.ts'

/** What is left when a part that the archive did not take was narrowed down. */
interface Narrowed {
  /** The event that the archive may refuse; several only where Custos stops meanwhile. */
  readonly suspect: readonly HeldEvent[]
  /** What was not written either. */
  readonly others: readonly HeldEvent[]
  /** Whether the archive took anything. */
  readonly isWritable: boolean
}

/**
 * Narrows a part that the archive did not take down to one event, by halves. What the archive takes on the way is
 * written.
 * @param refusal writes some events, and gives why they were not taken, or undefined
 */
export async function narrow(
  part: readonly HeldEvent[],
  refusal: (events: readonly HeldEvent[]) => Promise<unknown>,
  signal: AbortSignal,
): Promise<Narrowed> {
  let suspect = part
  let others: readonly HeldEvent[] = []
  let isWritable = false
  while (suspect.length > 1 && !signal.aborted) {
    const middle = Math.ceil(suspect.length / 2)
    const [half, rest] = [suspect.slice(0, middle), suspect.slice(middle)]
    if ((await refusal(half)) === undefined) {
      isWritable = true
      suspect = rest
    } else {
      others = [...rest, ...others]
      suspect = half
    }
  }
  return { suspect, others, isWritable }
}
