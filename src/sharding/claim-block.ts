import type { Clock } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import type { Claim, ClaimOptions, Leases, LeaseTimes, WantedPlan } from '../core/sharding/leases.ts'
import { blocksIn, type ShardPlan } from '../core/sharding/shards.ts'

interface Deps {
  readonly leases: Pick<Leases, 'claim' | 'endExpired'>
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

/** What a process was given, or what keeps it from serving. */
type Answer<Given> =
  | { readonly type: 'given'; readonly given: Given }
  | Exclude<Claim, { readonly type: 'claimed' }>

/** Why a process does not serve yet, for the log. */
type Waiting =
  | Exclude<Claim, { readonly type: 'claimed' | 'not yet' }>
  | { readonly type: 'failed'; readonly error: unknown }

/**
 * Claims a block of shards, however long none is free. What it waits for is logged once.
 * @returns undefined when the signal aborts first
 */
export function claimBlock(deps: Deps, wanted: WantedPlan): Promise<ClaimedBlock | undefined> {
  const { leases, clock } = deps
  return untilGiven<ClaimedBlock>(deps, async (options) => {
    const since = clock.elapsed()
    const claim = await leases.claim(wanted, options)
    return claim.type === 'claimed' ? { type: 'given', given: { ...claim, since } } : claim
  })
}

/**
 * Waits until no process holds a block of shards, for one that serves all of them.
 * @returns whether that is so; false when the signal aborts first
 */
export async function untilNoneHeld(deps: Deps): Promise<boolean> {
  const isFree = await untilGiven<true>(deps, async (options) => {
    const ended = await deps.leases.endExpired(options)
    return ended.type === 'none held' ? { type: 'given', given: true } : ended
  })
  return isFree ?? false
}

/** Asks again and again. It takes over from others only once it has reached the database for as long as they need to renew. */
async function untilGiven<Given>(
  { times, clock, log, signal, onStandby }: Deps,
  ask: (options: ClaimOptions) => Promise<Answer<Given>>,
): Promise<Given | undefined> {
  let reported: Waiting['type'] | undefined
  let isStandingBy = false
  let reachedSince: number | undefined
  while (!signal.aborted) {
    const since = clock.elapsed()
    const mayTakeOver = reachedSince !== undefined && since - reachedSince >= times.renewal
    const answer = await ask({ mayTakeOver, signal }).catch(
      (error: unknown) => ({ type: 'failed', error }) as const,
    )
    if (answer.type === 'given') return answer.given
    if (signal.aborted) return undefined
    reachedSince = answer.type === 'failed' ? undefined : (reachedSince ?? since)
    if (answer.type !== 'not yet') {
      isStandingBy ||= answer.type !== 'failed'
      if (answer.type !== reported) report(log, answer)
      reported = answer.type
    }
    if (isStandingBy) onStandby(answer.type !== 'failed')
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
