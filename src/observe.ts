import { WriteCheck } from './archive/write-check.ts'
import type { Archive } from './core/archive.ts'
import type { Clock } from './core/clock.ts'
import type { Log } from './core/log.ts'
import type { Metrics } from './core/metrics/metrics.ts'
import { readSeldom } from './core/read-seldom.ts'
import type { ShardingStatus } from './core/sharding/sharding-status.ts'
import { inWords } from './core/time/duration.ts'
import { MINUTE, SECOND } from './core/time/units.ts'
import type { ShardStates } from './discord/connection/shard-states.ts'
import type { ReadBudget } from './sync/budget/read-budget.ts'
import type { SyncEngine } from './sync/engine.ts'
import type { EventQueue } from './sync/ingest/event-queue.ts'
import { VERSION } from './version.ts'
import type { Watcher } from './watch/watcher.ts'
import type { Observers } from './with-observers.ts'

/** How long an event may wait until it is stored, in milliseconds. */
const LONGEST_HELD = MINUTE

/** How often the size and the holes of the archive are read, in milliseconds: a thread that reads them ends in between. */
const ARCHIVE_INTERVAL = 5 * MINUTE

interface Parts {
  readonly archive: Archive
  readonly shards: ShardStates
  readonly engine: SyncEngine
  readonly watcher: Watcher
  readonly queue: EventQueue
  readonly budget: ReadBudget
  /** The host's clock. Only elapsed time is used. */
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** Shows the state of a running Custos to those who watch it: whether it is ready, and its gauges. */
export function observe(parts: Parts, { health, metrics }: Observers): void {
  const { archive, shards, queue, clock } = parts
  const writes = new WriteCheck(parts)
  health.set('writes', () => writes.problems())
  health.set('gateway', () => shards.problems())
  health.set('events', () => {
    const age = ageOfHeld(queue, clock)
    const seconds = Math.round(age / SECOND)
    return age > LONGEST_HELD
      ? [`Events of Discord have waited for ${inWords(seconds)} to be written to the archive.`]
      : []
  })
  readBuild(metrics)
  readShards(shards, metrics)
  readSync(parts, metrics)
  readWatches(parts, metrics)
  const seldom = (read: () => Promise<number>) => {
    const value = readSeldom(clock, ARCHIVE_INTERVAL, read)
    return async () => single(await value())
  }
  metrics.read(
    'custos_archive_size_bytes',
    seldom(() => archive.size()),
  )
  metrics.read(
    'custos_servers_with_holes',
    seldom(() => archive.countWithHoles()),
  )
}

/** Shows what the process serves: as the only one, or a block of shards, or none yet. */
export function observeSharding(
  sharding: { readonly status: ShardingStatus },
  { health, metrics }: Observers,
): void {
  const isStandingBy = () => sharding.status.type === 'standing by'
  health.standsBy(isStandingBy)
  health.set('lease', () => {
    const { status } = sharding
    if (status.type === 'standing by' && !status.canClaim)
      return ['No shards can be claimed: the archive does not answer.']
    return status.type === 'serving' && status.validFor <= 0
      ? ['The lease on the shards could not be renewed.']
      : []
  })
  metrics.read('custos_standby', () => single(isStandingBy() ? 1 : 0))
  metrics.read('custos_shard_block', () => {
    const { status } = sharding
    return status.type === 'serving' ? single(status.block) : []
  })
  metrics.read('custos_lease_valid_seconds', () => {
    const { status } = sharding
    return status.type === 'serving' ? single(Math.max(0, status.validFor) / SECOND) : []
  })
}

function readBuild(metrics: Metrics): void {
  const labels = { version: VERSION, node: process.version }
  metrics.read('custos_build_info', () => [{ labels, value: 1 }])
}

function readShards(shards: ShardStates, metrics: Metrics): void {
  metrics.read('custos_shards', () =>
    [...shards.counts()].map(([state, value]) => ({ labels: { state }, value })),
  )
  metrics.read('custos_shard_latency_seconds', () =>
    [...shards.latencies()].map(([id, latency]) => ({
      labels: { shard: String(id) },
      value: latency / SECOND,
    })),
  )
}

function readWatches({ watcher }: Parts, metrics: Metrics): void {
  metrics.read('custos_watches', () =>
    [...watcher.counts].flatMap(([type, { all, paused }]) => [
      { labels: { type, state: 'posting' }, value: all - paused },
      { labels: { type, state: 'paused' }, value: paused },
    ]),
  )
}

function readSync({ engine, queue, budget, clock }: Parts, metrics: Metrics): void {
  metrics.read('custos_servers', () =>
    [...engine.overview.guilds].flatMap(([phase, streams]) =>
      [...streams].map(([stream, value]) => ({ labels: { phase, stream }, value })),
    ),
  )
  metrics.read('custos_first_reads', () =>
    Object.entries(engine.overview.firstReads).map(([state, value]) => ({ labels: { state }, value })),
  )
  metrics.read('custos_first_read_entries', () => single(engine.overview.entries))
  metrics.read('custos_read_budget_waiting', () =>
    Object.entries(budget.waiting).map(([lane, value]) => ({ labels: { lane }, value })),
  )
  metrics.read('custos_read_budget_wait_seconds', () => single(budget.expectedWait / SECOND))
  metrics.read('custos_read_budget_limit', () => [
    { labels: { limit: 'per_second' }, value: budget.limits.perSecond },
    { labels: { limit: 'background_per_minute' }, value: budget.limits.backgroundPerMinute },
  ])
  metrics.read('custos_held_events', () => single(queue.unstoredEvents.count))
  metrics.read('custos_held_events_age_seconds', () => single(ageOfHeld(queue, clock) / SECOND))
}

/** How long the oldest event that is not stored has waited, in milliseconds; 0 without one. */
function ageOfHeld({ unstoredEvents: { oldestAt } }: EventQueue, clock: Clock): number {
  return oldestAt === undefined ? 0 : clock.elapsed() - oldestAt
}

function single(value: number) {
  return [{ labels: {}, value }]
}
