import { setImmediate as turn } from 'node:timers/promises'
import type { Discord } from '../../sandbox/discord.ts'
import type { Archive } from '../../src/core/archive.ts'

/**
 * After how many turns of the event loop without work in flight there is none: what was sent through a socket of this
 * process has arrived by then, and whatever it leads to has begun.
 */
const QUIET_TURNS = 30

/**
 * What other processes, threads and sockets do for a bot. While there is any, no time should pass for the bot: on a busy
 * machine, it would otherwise take longer than the bot waits.
 */
export class InFlight {
  readonly #discord: Pick<Discord, 'answering'>
  #count = 0
  #hasEnded = false

  /** @param discord the Discord whose requests are counted, too; none by default */
  constructor(discord: Pick<Discord, 'answering'> = { answering: 0 }) {
    this.#discord = discord
  }

  /** Counts a promise until it is settled. */
  readonly during = <Result>(result: Promise<Result>): Promise<Result> => {
    this.#count++
    const end = () => void this.#count--
    result.then(end, end)
    return result
  }

  /** The same archive, whose operations are counted. */
  archive(archive: Archive): Archive {
    const within: Archive['within'] = (...parameters) => this.archive(archive.within(...parameters))
    return new Proxy(archive, {
      get: (target, name) => {
        const property: unknown = name === 'within' ? within : Reflect.get(target, name)
        if (!isFunction(property)) return property
        return (...parameters: unknown[]) => {
          const result = Reflect.apply(property, target, parameters)
          return result instanceof Promise ? this.during(result) : result
        }
      },
    })
  }

  /** Nobody waits any more: a test that fails must not keep others waiting. */
  end(): void {
    this.#hasEnded = true
  }

  /** Resolves when nothing is in flight. @throws Error when the test is over */
  async landed(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
      await turn()
      if (this.#hasEnded) throw new Error('The test is over.')
      if (this.#count > 0 || this.#discord.answering > 0) quiet = 0
    }
  }
}

function isFunction(value: unknown): value is (...parameters: unknown[]) => unknown {
  return typeof value === 'function'
}
