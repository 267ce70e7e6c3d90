import { randomUUID } from 'node:crypto'
import type { Clock } from '../core/clock.ts'
import { OperatorError } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import { Gate } from '../core/sharding/gate.ts'
import type { Fence, Leases, LeaseTimes } from '../core/sharding/leases.ts'
import type { ShardingStatus } from '../core/sharding/sharding-status.ts'
import type { ShardingSettings } from '../core/sharding/shards.ts'
import { type ClaimedBlock, claimBlock, untilNoneHeld } from './claim-block.ts'
import { allShards, type ServedShards, shardsOfBlock } from './served-shards.ts'
import { ShardLease } from './shard-lease.ts'

interface Deps {
  readonly times: LeaseTimes
  /** The host's clock. Only elapsed time is used. */
  readonly clock: Clock
  readonly log: Log
  /** Called when another process has taken over the shards of this one, which must not go on. */
  readonly onLost: (error: OperatorError) => void
}

interface BeginOptions {
  /** Opens the leases of the archive; undefined for an archive that processes cannot share. */
  readonly openLeases: ((holder: string) => Promise<Leases>) | undefined
  /** How many shards Discord recommends; undefined when Custos stops before that is known. */
  readonly recommended: () => Promise<number | undefined>
  /** Aborts when Custos stops before it has its shards. */
  readonly stopped: AbortSignal
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

const LOST =
  'Another process has taken over the shards of this one, which was paused or cut off from the database for too long. ' +
  'Start it again: it then stands by.'

/** Decides which shards this process serves: all, or a block that it claims by a lease in the archive's database. */
export class Sharding {
  /** Keeps this process from writing while it holds no block; undefined if it serves all shards. */
  readonly fence: Fence | undefined
  /** Is open while the shards of this process may be connected. */
  readonly gate = new Gate()
  readonly #settings: ShardingSettings
  readonly #deps: Deps
  #leases: Leases | undefined
  #isLost = false
  #status: () => ShardingStatus = () => ({ type: 'starting' })

  constructor(settings: ShardingSettings, deps: Deps) {
    this.#settings = settings
    this.#deps = deps
    const isAlone = settings.perProcess === 'all'
    this.fence = isAlone ? undefined : { holder: randomUUID(), onLost: () => this.#lose() }
  }

  get status(): ShardingStatus {
    return this.#status()
  }

  /** Reserves an IDENTIFY of this process among those of all; undefined if it is the only process. */
  get reserveIdentify(): Leases['reserveIdentify'] | undefined {
    const leases = this.#leases
    return leases && ((bucket) => leases.reserveIdentify(bucket))
  }

  /**
   * Waits until this process has shards to serve: a free block of them or, if it serves all, until no other process holds a
   * block.
   * @returns undefined when Custos stops before
   * @throws OperatorError when Discord does not accept the token
   */
  async begin(options: BeginOptions): Promise<ServedShards | undefined> {
    const { count, perProcess } = this.#settings
    const { openLeases, stopped, signal } = options
    if (perProcess === 'all') {
      const leases = await openLeases?.(randomUUID())
      const isFree = leases ? await untilNoneHeld(this.#waiting(leases, stopped)) : true
      await leases?.close()
      if (!isFree) return undefined
      this.#status = () => ({ type: 'alone' })
      return allShards(count)
    }
    const recommended = await options.recommended()
    if (recommended === undefined || !this.fence || !openLeases) return undefined
    const leases = await openLeases(this.fence.holder)
    const claimed = await claimBlock(this.#waiting(leases, stopped), {
      shardCount: count === 'auto' ? recommended : count,
      blockSize: perProcess,
      isFixed: count !== 'auto',
    })
    if (claimed) return this.#serve(claimed, leases, signal)
    await leases.close()
    return undefined
  }

  /** Gives the block back, after the last write, so that another process takes over at once. */
  async release(): Promise<void> {
    try {
      if (!this.#isLost) await this.#leases?.release()
    } finally {
      await this.#leases?.close()
    }
  }

  #waiting(leases: Leases, stopped: AbortSignal) {
    const onStandby = (canClaim: boolean) => {
      this.#status = () => ({ type: 'standing by', canClaim })
    }
    return { ...this.#deps, leases, signal: stopped, onStandby }
  }

  #serve({ block, plan, since }: ClaimedBlock, leases: Leases, signal: AbortSignal): ServedShards {
    const served = shardsOfBlock(plan, block)
    const { assigned, processes } = served
    const onLost = () => this.#lose()
    const lease = new ShardLease({ ...this.#deps, leases, signal, gate: this.gate, onLost }, since)
    this.#leases = leases
    this.#status = () => ({ type: 'serving', block, ...assigned, validFor: lease.validFor })
    this.#deps.log.info(
      { block, shards: assigned.ids, shardCount: assigned.count, processes },
      'Serving a block of shards.',
    )
    void lease.keep()
    return served
  }

  #lose(): void {
    if (this.#isLost) return
    this.#isLost = true
    this.gate.close()
    this.#deps.onLost(new OperatorError(LOST))
  }
}
