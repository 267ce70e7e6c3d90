import type { Clock } from '../../core/clock.ts'
import { SECOND } from '../../core/time/units.ts'

/**
 * Limits the requests that Discord receives in any second. A request counts until a second after its response: only then
 * is it certain that Discord received it more than a second ago, however long it was on its way.
 */
export class RequestWindow {
  readonly #clock: Clock
  readonly #perSecond: number
  #pending = 0
  /** When the responses of the last second came, oldest first, by the host's elapsed time. */
  #responses: number[] = []

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock
    this.#perSecond = perSecond
  }

  /** How many requests may be made now. */
  get left(): number {
    const now = this.#clock.elapsed()
    const recent = this.#responses.findIndex((at) => at > now - SECOND)
    if (recent !== 0) this.#responses = recent === -1 ? [] : this.#responses.slice(recent)
    return this.#perSecond - this.#pending - this.#responses.length
  }

  /** How long until a request may be made, in milliseconds; undefined if that depends on a response. */
  get wait(): number | undefined {
    if (this.left > 0) return 0
    const [first] = this.#responses
    return first === undefined ? undefined : first + SECOND - this.#clock.elapsed()
  }

  /** How long until so many requests could be made, if responses came at once, in milliseconds. */
  waitFor(requests: number): number {
    return (Math.max(0, requests - this.left) / this.#perSecond) * SECOND
  }

  begin(): void {
    this.#pending++
  }

  end(): void {
    this.#pending--
    this.#responses.push(this.#clock.elapsed())
  }
}
