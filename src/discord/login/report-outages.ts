import { type Client, Events } from 'discord.js'
import type { Clock } from '../../core/clock.ts'
import type { Log } from '../../core/log.ts'
import type { Gate } from '../../core/sharding/gate.ts'
import { FIRST_REPORT, reportWaiting } from '../report-waiting.ts'

interface Deps {
  readonly client: Client
  /** Is open while the shards may be connected. */
  readonly gate: Gate
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/**
 * Logs how long the login takes. discord.js keeps trying and logs nothing. It is a warning only if no shard has connected
 * since the last time: Discord lets them in one after the other.
 */
export function reportSlowLogin(
  { client, clock, log }: Pick<Deps, 'client' | 'clock' | 'log'>,
  done: AbortSignal,
): void {
  const connected = new Set<number>()
  const onReady = (shard: number) => void connected.add(shard)
  client.on(Events.ShardReady, onReady)
  let before = 0
  void reportWaiting(clock, done, (waitedSeconds) => {
    const facts = { shardsConnected: connected.size, waitedSeconds }
    if (connected.size > before) log.info(facts, 'Connecting the shards one after the other.')
    else log.warn(facts, 'Connecting to Discord’s gateway takes long; still trying.')
    before = connected.size
  }).finally(() => client.off(Events.ShardReady, onReady))
}

/**
 * Logs when a bot that was connected loses the gateway, and when it is back. Discord ends connections all the time, so
 * nothing is logged if that takes less than five seconds.
 */
export function reportOutages({ client, gate, clock, log, signal }: Deps): void {
  const outages = new Map<number, { readonly start: number; readonly done: AbortController }>()
  client.on(Events.ShardReconnecting, (shard) => {
    // Custos itself closed the connection.
    if (outages.has(shard) || !gate.isOpen) return
    const done = new AbortController()
    outages.set(shard, { start: clock.elapsed(), done })
    void reportWaiting(clock, AbortSignal.any([signal, done.signal]), (seconds) =>
      log.warn(
        { shard, waitedSeconds: seconds },
        'Discord’s gateway cannot be reached; still trying. Entries made meanwhile are read afterwards.',
      ),
    )
  })
  const endOutage = (shard: number) => {
    const outage = outages.get(shard)
    if (!outage) return
    outages.delete(shard)
    outage.done.abort()
    const waited = clock.elapsed() - outage.start
    if (waited < FIRST_REPORT) return
    const waitedSeconds = Math.round(waited / 1000)
    log.info({ shard, waitedSeconds }, 'Reconnected to Discord’s gateway.')
  }
  client.on(Events.ShardReady, endOutage)
  client.on(Events.ShardResume, endOutage)
}
