import type { Clock } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'
import type { Claim, Leases, LeaseTimes, WantedPlan } from '../core/leases.ts'
import type { Log } from '../core/log.ts'
import { blocksIn, type ShardPlan } from '../core/shards.ts'

interface Deps {
  readonly leases: Pick<Leases, 'claim'>
  readonly times: LeaseTimes
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
  /** Called each time it is known that no block is free, or that this process could not claim one. */
  readonly onStandby: (canClaim: boolean) => void
}

/** A block that this process has claimed. */
export interface ClaimedBlock {
  readonly block: number
  readonly plan: ShardPlan
  /** When the claim began, in the clock's elapsed time. The lease began later, so it ends later too. */
  readonly since: number
}

/** Why there is no block yet. */
type Waiting =
  | Exclude<Claim, { readonly type: 'claimed' | 'not yet' }>
  | { readonly type: 'failed'; readonly error: unknown }

/**
 * Claims a block of shards, however long none is free. What it waits for is logged once. It takes over from others only
 * once it has reached the database for as long as they need to renew their leases.
 * @returns undefined when the signal aborts first
 */
export async function claimBlock(deps: Deps, wanted: WantedPlan): Promise<ClaimedBlock | undefined> {
  const { leases, times, clock, log, signal, onStandby } = deps
  let reported: Waiting['type'] | undefined
  let isStandingBy = false
  let reachedSince: number | undefined
  while (!signal.aborted) {
    const since = clock.elapsed()
    const mayTakeOver = reachedSince !== undefined && since - reachedSince >= times.renewal
    const claim = await leases
      .claim(wanted, { mayTakeOver, signal })
      .catch((error: unknown) => ({ type: 'failed', error }) as const)
    if (claim.type === 'claimed') return { ...claim, since }
    if (signal.aborted) return undefined
    reachedSince = claim.type === 'failed' ? undefined : (reachedSince ?? since)
    if (claim.type !== 'not yet') {
      isStandingBy ||= claim.type !== 'failed'
      if (claim.type !== reported) report(log, claim)
      reported = claim.type
    }
    if (isStandingBy) onStandby(claim.type !== 'failed')
    await clock.sleep(times.look, signal).catch(() => {})
  }
  return undefined
}

function report(log: Log, waiting: Waiting): void {
  if (waiting.type === 'failed') {
    log.warn({ reason: messageOf(waiting.error) }, 'Claiming shards failed; trying again.')
    return
  }
  const { shardCount, blockSize } = waiting.plan
  if (waiting.type === 'none free') {
    log.info(
      { processes: blocksIn(waiting.plan), shardCount },
      'Standing by: other processes serve all shards. This one takes over when one of them stops.',
    )
    return
  }
  log.warn(
    { shardCount, shardsPerProcess: blockSize },
    'Standing by: other processes run with another SHARD_COUNT or SHARDS_PER_PROCESS. Waiting until they have stopped.',
  )
}
