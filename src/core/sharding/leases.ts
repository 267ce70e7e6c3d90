import type { ShardPlan } from './shards.ts'

/** What a process would have the shards divided into, if no other process runs. */
export interface WantedPlan extends ShardPlan {
  /** Whether the operator set the number of shards. Otherwise the process takes that of the others. */
  readonly isFixed: boolean
}

export interface ClaimOptions {
  /**
   * Whether it may take a block whose lease has ended. After an outage of the database, every lease has ended, and the
   * holders are about to renew them.
   */
  readonly mayTakeOver: boolean
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** How a process fared that asked for a block of shards. */
export type Claim =
  | { readonly type: 'claimed'; readonly block: number; readonly plan: ShardPlan }
  | { readonly type: 'none free'; readonly plan: ShardPlan }
  /** Some leases have ended, and the process may not take over yet. */
  | { readonly type: 'not yet' }
  /** Other processes run with a plan that this one was not started with. */
  | { readonly type: 'other plan'; readonly plan: ShardPlan }

/** How a process fared that would serve every shard, and asked for the end of all leases. */
export type Ended =
  | { readonly type: 'none held' }
  | Extract<Claim, { readonly type: 'not yet' | 'other plan' }>

/** The leases by which several processes share the shards of a bot. They are stored in the archive's database. */
export interface Leases {
  /**
   * Claims a free block: one that nobody holds, or whose holder did not renew its lease in time.
   * @throws the signal's reason when that aborts before a block is claimed
   */
  claim(wanted: WantedPlan, options: ClaimOptions): Promise<Claim>
  /**
   * Ends every lease that was not renewed in time, so that its holder does not come back, unless other leases go on.
   * @returns what keeps a process from serving every shard; `none held` when nothing does
   * @throws the signal's reason when that aborts first
   */
  endExpired(options: ClaimOptions): Promise<Ended>
  /**
   * Renews the lease, which may have expired if nobody took it.
   * @returns whether this process still holds it
   */
  renew(): Promise<boolean>
  /** Gives the block back, once every write of this process has ended. */
  release(): Promise<void>
  /**
   * Reserves the next IDENTIFY of some shards, those with the same remainder.
   * @returns 0 when it is reserved; otherwise in how many milliseconds to try again
   */
  reserveIdentify(bucket: number): Promise<number>
  close(): Promise<void>
}

/** Keeps a process from writing once another has taken over its block. */
export interface Fence {
  /** Who has to hold a block, by a number that no other process has. */
  readonly holder: string
  /** Called when a write was refused, since the process holds no block any more. */
  readonly onLost: () => void
}

/** How long leases last, in milliseconds. */
export interface LeaseTimes {
  /** After how long without renewal another process may take a block. */
  readonly lease: number
  /** How often it is renewed, and how soon that is tried again when the database cannot be reached. */
  readonly renewal: number
  readonly retry: number
  /** How long before the end of its lease a process no longer relies on it. */
  readonly margin: number
  /** How often a process without a block looks for a free one. */
  readonly look: number
  /** How long after an IDENTIFY the next one with the same remainder may follow. Discord asks for five seconds. */
  readonly identify: number
}
