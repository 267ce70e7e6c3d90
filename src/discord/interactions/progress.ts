import type { Clock } from '../../core/clock.ts'
import { SECOND } from '../../core/time/units.ts'

/**
 * When each edit is sent at the earliest, in milliseconds after the first report. An answer can take 14 minutes, and
 * while many wait for one, edits every few seconds would be most of what Custos sends.
 */
const DUE = [0, 5 * SECOND, 90 * SECOND]

interface Deps {
  /** Shows a sentence in place of the answer. */
  readonly edit: (sentence: string) => Promise<void>
  readonly clock: Pick<Clock, 'elapsed' | 'sleep'>
  /** Called when an edit failed. The sentence is shown with the next one. */
  readonly onError: (error: unknown) => void
}

/**
 * Shows how far an answer has come, in a few edits of the message that will have the answer. One edit is sent at a time;
 * of the sentences that are reported meanwhile, only the last is shown.
 */
export class Progress {
  readonly #deps: Deps
  readonly #over = new AbortController()
  /** The last sentence reported, and the same until it is shown. */
  #last: string | undefined
  #unshown: string | undefined
  #startedAt: number | undefined
  #edits = 0
  /** The edit under way, or the wait for the next one. */
  #showing: Promise<void> | undefined

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Shows a sentence soon, or never if a newer one or the answer comes first. */
  report(sentence: string): void {
    if (this.#over.signal.aborted) return
    this.#last = sentence
    this.#unshown = sentence
    this.#startedAt ??= this.#deps.clock.elapsed()
    this.#showing ??= this.#show(this.#startedAt)
  }

  /**
   * Ends the reports: what waits is not shown. Resolves when no edit is under way, because one that Discord handled after
   * the answer would replace it.
   * @returns the last sentence reported, if there is one
   */
  async end(): Promise<string | undefined> {
    this.#over.abort()
    await this.#showing
    return this.#last
  }

  async #show(startedAt: number): Promise<void> {
    const { clock } = this.#deps
    const { signal } = this.#over
    for (
      let due = DUE[this.#edits];
      due !== undefined && this.#unshown !== undefined;
      due = DUE[this.#edits]
    ) {
      const left = startedAt + due - clock.elapsed()
      if (left > 0) await clock.sleep(left, signal).catch(() => {})
      if (signal.aborted) break
      await this.#edit(this.#unshown)
    }
    // There is no await after the last check, so the next report starts to show again.
    this.#showing = undefined
  }

  async #edit(sentence: string): Promise<void> {
    this.#edits++
    this.#unshown = undefined
    try {
      await this.#deps.edit(sentence)
    } catch (error) {
      this.#unshown ??= sentence
      this.#deps.onError(error)
    }
  }
}
