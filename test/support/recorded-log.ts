import type { Log } from '../../src/core/log.ts'

type Level = Exclude<keyof Log, 'isLevelEnabled' | 'child'>

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

  /** The lines that an operator sees by default. */
  get shown(): Line[] {
    return this.lines.filter(({ level }) => level !== 'trace' && level !== 'debug')
  }

  /** Its lines are among those of this log. */
  child(fields: object): Log {
    const isTracing = this.#isTracing
    const under = (parent: object): Log => ({
      trace: this.#writer('trace', parent),
      debug: this.#writer('debug', parent),
      info: this.#writer('info', parent),
      warn: this.#writer('warn', parent),
      error: this.#writer('error', parent),
      child: (more) => under({ ...parent, ...more }),
      isLevelEnabled: () => isTracing,
    })
    return under(fields)
  }

  isLevelEnabled(): boolean {
    return this.#isTracing
  }

  #writer(level: Level, parent: object = {}) {
    return (facts: object, message: string): void => {
      this.lines.push({ level, facts: { ...parent, ...facts }, message })
      const waiting = this.#waiting
      this.#waiting = []
      for (const wake of waiting) wake()
    }
  }
}
