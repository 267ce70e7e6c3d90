import type { Clock } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import type { Gate } from '../core/sharding/gate.ts'
import type { Leases, LeaseTimes } from '../core/sharding/leases.ts'

interface Deps {
  readonly leases: Pick<Leases, 'renew'>
  readonly times: LeaseTimes
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
  /** Is closed while this process cannot be sure that it still holds its shards. */
  readonly gate: Gate
  /** Called when another process has taken them. */
  readonly onLost: () => void
}

/**
 * The lease of this process on its shards. It is renewed all the time, and relied on only as long as no other process can
 * have taken it: that is measured by elapsed time, from before the last renewal.
 */
export class ShardLease {
  readonly #deps: Deps
  #validUntil: number

  /** @param since when the lease was claimed, in the clock's elapsed time */
  constructor(deps: Deps, since: number) {
    this.#deps = deps
    this.#validUntil = since + this.#validity
  }

  /** For how long the lease can be relied on, in milliseconds; 0 when it could not be renewed in time. */
  get validFor(): number {
    return Math.max(this.#validUntil - this.#deps.clock.elapsed(), 0)
  }

  /** Keeps the lease until Custos stops, or until it is lost. */
  async keep(): Promise<void> {
    await Promise.all([this.#renew(), this.#watch()])
  }

  get #validity(): number {
    const { lease, margin } = this.#deps.times
    return lease - margin
  }

  async #renew(): Promise<void> {
    const { leases, times, clock, log, signal, onLost } = this.#deps
    let isFailing = false
    while (!signal.aborted) {
      await clock.sleep(isFailing ? times.retry : times.renewal, signal).catch(() => {})
      if (signal.aborted) return
      const since = clock.elapsed()
      try {
        if (!(await leases.renew())) return onLost()
        this.#validUntil = since + this.#validity
        isFailing = false
        if (this.validFor > 0) this.#goOn()
      } catch (error) {
        if (!isFailing)
          log.warn({ reason: messageOf(error) }, 'Renewing the lease on the shards failed; trying again.')
        isFailing = true
      }
    }
  }

  /** Closes the gate whenever the lease has not been renewed in time. */
  async #watch(): Promise<void> {
    const { clock, gate, log, signal } = this.#deps
    while (!signal.aborted) {
      await clock.sleep(this.validFor, signal).catch(() => {})
      if (signal.aborted || this.validFor > 0) continue
      log.warn(
        {},
        'The lease on the shards could not be renewed in time, so another process may take them over. Disconnected from ' +
          'Discord until it is renewed.',
      )
      gate.close()
      await gate.opened()
    }
  }

  #goOn(): void {
    const { gate, log } = this.#deps
    if (gate.isOpen) return
    log.info({}, 'The lease on the shards is renewed. Connecting to Discord again.')
    gate.open()
  }
}
