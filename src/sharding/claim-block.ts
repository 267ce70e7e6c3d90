import type { Clock } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'
import type { Claim, Leases, LeaseTimes, WantedPlan } from '../core/leases.ts'
import type { Log } from '../core/log.ts'
import { blocksIn, type ShardPlan } from '../core/shards.ts'

interface Deps {
  readonly leases: Pick<Leases, 'claim' | 'endExpired'>
  readonly times: LeaseTimes
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
  /** Called while the process has to wait for others, with whether the database has answered. */
  readonly onStandby: (canClaim: boolean) => void
}

/** A block that this process has claimed. */
export interface ClaimedBlock {
  readonly block: number
  readonly plan: ShardPlan
  /** When the claim began, in the clock's elapsed time. The lease began later, so it ends later too. */
  readonly since: number
}

/** Nothing keeps a process from serving. */
interface Free {
  readonly type: 'claimed'
}

/** What keeps a process from serving. */
type Occupied = Exclude<Claim, { readonly type: 'claimed' }>

/** Why a process does not serve yet. */
type Waiting = Occupied | { readonly type: 'failed'; readonly error: unknown }

/**
 * Claims a block of shards, however long none is free. What it waits for is logged once.
 * @returns undefined when the signal aborts first
 */
export function claimBlock(deps: Deps, wanted: WantedPlan): Promise<ClaimedBlock | undefined> {
  const { leases, clock, signal } = deps
  return untilFree<ClaimedBlock & Free>(deps, async () => {
    const since = clock.elapsed()
    return { ...(await leases.claim(wanted, signal)), since }
  })
}

/**
 * Waits until no process holds a block of shards, for one that would serve all of them.
 * @returns undefined when the signal aborts first
 */
export function untilNoneHeld(deps: Deps): Promise<Free | undefined> {
  return untilFree<Free>(deps, async () => {
    const plan = await deps.leases.endExpired(deps.signal)
    return plan ? { type: 'other plan', plan } : { type: 'claimed' }
  })
}

async function untilFree<Claimed extends Free>(
  { times, clock, log, signal, onStandby }: Deps,
  ask: () => Promise<Claimed | Occupied>,
): Promise<Claimed | undefined> {
  let reported: Waiting['type'] | undefined
  let hasStoodBy = false
  while (!signal.aborted) {
    const answer = await ask().catch((error: unknown) => ({ type: 'failed', error }) as const)
    if (answer.type === 'claimed') return answer
    if (signal.aborted) return undefined
    hasStoodBy ||= answer.type !== 'failed'
    if (hasStoodBy) onStandby(answer.type !== 'failed')
    if (answer.type !== reported) report(log, answer)
    reported = answer.type
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
