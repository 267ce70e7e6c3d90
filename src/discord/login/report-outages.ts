import { type Client, Events } from 'discord.js'
import type { Clock } from '../../core/clock.ts'
import type { Gate } from '../../core/gate.ts'
import type { Log } from '../../core/log.ts'
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

/** Logs how long the gateway has not let the bot in. discord.js keeps trying and logs nothing. */
export function reportSlowLogin({ clock, log }: Pick<Deps, 'clock' | 'log'>, done: AbortSignal): void {
  void reportWaiting(clock, done, (seconds) =>
    log.warn({ waitedSeconds: seconds }, 'Connecting to Discord’s gateway takes long; still trying.'),
  )
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
