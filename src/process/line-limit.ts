interface Options {
  /** How many lines with one message are written in a minute. */
  readonly most: number
  /** Runs something a minute later. */
  readonly inAMinute: (run: () => void) => void
  /** Called at the end of a minute in which lines with a message were left out. */
  readonly onLeftOut: (message: string, lines: number) => void
}

/**
 * Decides which lines of a log are written: among many servers, one outage would write the same line thousands of times,
 * and nobody would find the others. Messages are constant, so there are only so many.
 */
export class LineLimit {
  readonly #options: Options
  /** How many lines of each message were logged in its present minute. */
  readonly #lines = new Map<string, number>()

  constructor(options: Options) {
    this.#options = options
  }

  /** Whether one more line with a message is written. */
  admits(message: string): boolean {
    const { most, inAMinute } = this.#options
    const lines = (this.#lines.get(message) ?? 0) + 1
    this.#lines.set(message, lines)
    if (lines === 1) inAMinute(() => this.#endMinute(message))
    return lines <= most
  }

  #endMinute(message: string): void {
    const { most, onLeftOut } = this.#options
    const leftOut = (this.#lines.get(message) ?? 0) - most
    this.#lines.delete(message)
    if (leftOut > 0) onLeftOut(message, leftOut)
  }
}
