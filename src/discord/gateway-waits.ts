import { type Client, Events } from 'discord.js'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import { inWords } from '../core/time/duration.ts'
import { FIRST_WORD, sayWhileWaiting } from './say-while-waiting.ts'

interface Deps {
  readonly client: Client
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** Says how long the gateway has not let the bot in, until that is over. discord.js tries again and says nothing. */
export function sayWhileLoggingIn({ clock, log }: Deps, over: AbortSignal): void {
  sayWhileWaiting(clock, over, (seconds) =>
    log.warn(
      { waitedSeconds: seconds },
      `Discord’s gateway has not let Custos in for ${inWords(seconds)}. Still trying.`,
    ),
  )
}

/**
 * Says when the gateway is out of reach of a bot that was connected, and when it is back. Discord ends connections all
 * the time, so one that is back within five seconds is not worth a word.
 */
export function sayOutages(deps: Deps): void {
  const { client, clock, log, signal } = deps
  const outages = new Map<number, { readonly began: number; readonly over: AbortController }>()
  client.on(Events.ShardReconnecting, (shard) => {
    if (outages.has(shard)) return
    const over = new AbortController()
    outages.set(shard, { began: clock.elapsed(), over })
    sayWhileWaiting(clock, AbortSignal.any([signal, over.signal]), (seconds) =>
      log.warn(
        { shard, waitedSeconds: seconds },
        `Discord’s gateway has been out of reach for ${inWords(seconds)}. Still trying. ` +
          'What happens meanwhile is read when it is back.',
      ),
    )
  })
  const end = (shard: number) => {
    const outage = outages.get(shard)
    if (!outage) return
    outages.delete(shard)
    outage.over.abort()
    const waited = clock.elapsed() - outage.began
    if (waited < FIRST_WORD) return
    log.info({ shard }, `Discord’s gateway is back after ${inWords(waited / 1000)}.`)
  }
  client.on(Events.ShardReady, end)
  client.on(Events.ShardResume, end)
}
