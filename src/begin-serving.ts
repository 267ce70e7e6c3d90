import type { openArchive } from './archive/open/open.ts'
import { leasesOf } from './archive/open/open-leases.ts'
import { openWhenReachable } from './archive/open/open-when-reachable.ts'
import type { Config } from './config.ts'
import type { Archive } from './core/archive.ts'
import type { Clock } from './core/clock.ts'
import type { Log } from './core/log.ts'
import type { LeaseTimes } from './core/sharding/leases.ts'
import { recommendedShards } from './discord/login/recommended-shards.ts'
import { observeSharding } from './observe.ts'
import type { ServedShards } from './sharding/served-shards.ts'
import { Sharding } from './sharding/sharding.ts'
import type { Observers } from './with-observers.ts'

interface Deps extends Observers {
  readonly log: Log
  /** The host's clock. Only elapsed time is used. */
  readonly clock: Clock
  readonly leaseTimes: LeaseTimes
  readonly open: typeof openArchive
  /** Called when another process has taken over the shards of this one. */
  readonly onLost: (error: Error) => void
  /** Aborts when Custos is to stop, so that the start waits for nothing any longer. */
  readonly stopped: AbortSignal
  /** Aborts when a started Custos stops. */
  readonly signal: AbortSignal
}

/** What a process has before everything else is built. */
interface Begun {
  readonly archive: Archive
  readonly sharding: Sharding
  readonly served: ServedShards
}

/**
 * Opens the archive as soon as that can be reached, and waits for shards to serve.
 * @returns undefined when it is stopped before; nothing is open then
 * @throws OperatorError when the archive cannot be used or, before shards are claimed, Discord does not accept the token
 */
export async function beginServing(config: Config, deps: Deps): Promise<Begun | undefined> {
  const { log, clock, health, metrics, leaseTimes: times, open, onLost, stopped, signal } = deps
  const sharding = new Sharding(config.sharding, { times, clock, log, onLost })
  observeSharding(sharding, { health, metrics })
  const onUnreachable = () => health.set('archive', () => ['The archive cannot be reached.'])
  const opening = { clock, log, metrics, onUnreachable, signal: stopped, fence: sharding.fence, open }
  const archive = await openWhenReachable(config.archive, opening)
  if (!archive) return undefined
  health.set('archive', () => [])
  let served: ServedShards | undefined
  try {
    served = await sharding.begin({
      openLeases: leasesOf(config.archive, times),
      recommended: () => recommendedShards({ clock, log, signal: stopped }, config),
      stopped,
      signal,
    })
  } finally {
    if (!served) await archive.close()
  }
  return served && { archive, sharding, served }
}
