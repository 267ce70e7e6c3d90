import type { IIdentifyThrottler } from '@discordjs/ws'
import type { Clock } from '../../core/clock.ts'
import { messageOf } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'
import type { Gate } from '../../core/sharding/gate.ts'
import type { Leases } from '../../core/sharding/leases.ts'
import { SECOND } from '../../core/time/units.ts'
import { TaskQueue } from '../../sync/task-queue.ts'

/** How long an IDENTIFY may take from its reservation until it is sent, in milliseconds. */
const SLACK = SECOND / 2

/** The pause after a reservation failed, in milliseconds. */
const RETRY = SECOND

interface Deps {
  readonly reserveIdentify: Leases['reserveIdentify']
  /** Is open while the shards of this process may be connected. */
  readonly gate: Gate
  readonly clock: Clock
  readonly log: Log
}

/**
 * Makes the shards of all processes identify one after the other, those with the same remainder by Discord's
 * `max_concurrency`. https://docs.discord.com/developers/events/gateway#sharding-max-concurrency
 */
export class SharedIdentifyThrottler implements IIdentifyThrottler {
  readonly #deps: Deps
  readonly #maxConcurrency: number
  /** The shards of this process take turns, so that one of them at a time asks for a reservation. */
  readonly #queues = new Map<number, TaskQueue>()

  constructor(maxConcurrency: number, deps: Deps) {
    this.#maxConcurrency = maxConcurrency
    this.#deps = deps
  }

  /** Resolves when a shard may identify at once; rejects with the signal's reason when that aborts first. */
  waitForIdentify(shardId: number, signal: AbortSignal): Promise<void> {
    const bucket = shardId % this.#maxConcurrency
    const queue = this.#queues.get(bucket) ?? new TaskQueue()
    this.#queues.set(bucket, queue)
    return queue.run(() => this.#reserve(bucket, signal))
  }

  async #reserve(bucket: number, signal: AbortSignal): Promise<void> {
    const { clock, gate, log, reserveIdentify } = this.#deps
    for (;;) {
      await gate.opened()
      signal.throwIfAborted()
      const start = clock.elapsed()
      const wait = await reserveIdentify(bucket).catch((error: unknown) => {
        log.warn({ bucket, reason: messageOf(error) }, 'Reserving a login of a shard failed; trying again.')
        return RETRY
      })
      signal.throwIfAborted()
      // A reservation that took long may be followed by the next one too soon, and a process that was paused lost it.
      const isCurrent = gate.isOpen && clock.elapsed() - start <= SLACK
      if (wait === 0 && isCurrent) return
      if (wait > 0) await clock.sleep(wait, signal)
    }
  }
}
