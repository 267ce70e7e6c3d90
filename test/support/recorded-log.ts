import type { Log } from '../../src/core/log.ts'

type Level = Exclude<keyof Log, 'isLevelEnabled'>

interface Line {
  readonly level: Level
  readonly facts: object
  readonly message: string
}

/** A log whose lines can be read and waited for. */
export class RecordedLog implements Log {
  readonly lines: Line[] = []
  readonly trace = this.#writer('trace')
  readonly debug = this.#writer('debug')
  readonly info = this.#writer('info')
  readonly warn = this.#writer('warn')
  readonly error = this.#writer('error')
  readonly #isTracing: boolean
  #waiting: (() => void)[] = []

  constructor({ isTracing = false } = {}) {
    this.#isTracing = isTracing
  }

  /** Resolves once a message has been logged this many times. */
  async waitFor(message: string, times = 1): Promise<void> {
    while (this.times(message) < times) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  /** How often a message has been logged. */
  times(message: string): number {
    return this.lines.filter((line) => line.message === message).length
  }

  isLevelEnabled(): boolean {
    return this.#isTracing
  }

  #writer(level: Level) {
    return (facts: object, message: string): void => {
      this.lines.push({ level, facts, message })
      const waiting = this.#waiting
      this.#waiting = []
      for (const wake of waiting) wake()
    }
  }
}
