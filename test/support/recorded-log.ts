import type { Log } from '../../src/core/log.ts'

interface Line {
  readonly level: keyof Log
  readonly facts: object
  readonly message: string
}

/** A log that keeps what is written, and can be waited on. */
export class RecordedLog implements Log {
  readonly lines: Line[] = []
  readonly debug = this.#writer('debug')
  readonly info = this.#writer('info')
  readonly warn = this.#writer('warn')
  readonly error = this.#writer('error')
  #waiting: (() => void)[] = []

  /** Resolves once a message has been logged so many times. */
  async heard(message: string, times = 1): Promise<void> {
    while (this.times(message) < times) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  /** How often a message has been logged. */
  times(message: string): number {
    return this.lines.filter((line) => line.message === message).length
  }

  #writer(level: keyof Log) {
    return (facts: object, message: string): void => {
      this.lines.push({ level, facts, message })
      const waiting = this.#waiting
      this.#waiting = []
      for (const wake of waiting) wake()
    }
  }
}
