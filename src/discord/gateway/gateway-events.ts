import { GatewayDispatchEvents as Event } from 'discord-api-types/v10'
import type { Log } from '../../core/log.ts'
import { type Metrics, NO_METRICS } from '../../core/metrics/metrics.ts'
import type { Shard } from '../../core/sharding/shards.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { type GuildEvent, isGuildEvent, parseGuildEvent } from './guild-event.ts'
import type { Payload } from './payload.ts'
import { parseReady, type Ready } from './ready.ts'

export type GuildEventHandler = (guildId: Snowflake, payload: Payload) => void

/** What is done at each event, in order. */
interface GatewayHandlers {
  /** A session started. Discord does not send what happened since the last one. */
  readonly ready?: readonly ((ready: Ready) => void)[]
  readonly guild?: Readonly<Partial<Record<GuildEvent, readonly GuildEventHandler[]>>>
}

/**
 * Passes the events of Discord's gateway to their handlers after checking their shape. Events that Custos does not use
 * are ignored, malformed ones are logged by name and dropped, and a handler that throws does not stop the next one.
 */
export class GatewayEvents {
  readonly #log: Log
  readonly #metrics: Metrics
  #handlers: GatewayHandlers = {}

  constructor(log: Log, metrics: Metrics = NO_METRICS) {
    this.#log = log
    this.#metrics = metrics
  }

  /** Sets what is done at each event. Events before this call are lost. */
  listen(handlers: GatewayHandlers): void {
    this.#handlers = handlers
  }

  /**
   * Handles a dispatched event.
   * @returns the data that discord.js gets; undefined to keep the event from it
   */
  dispatch(event: string, data: unknown, shard: Shard): { readonly forClient: object } | undefined {
    const isKnown = event === Event.Ready || event === Event.Resumed || isGuildEvent(event)
    this.#metrics.count('custos_gateway_events_total', { event: isKnown ? event : 'other' })
    if (event === Event.Resumed) return { forClient: {} }
    if (event === Event.Ready) {
      const parsed = parseReady(data, shard)
      if ('rejected' in parsed) return this.#drop(event, parsed.rejected, shard)
      for (const handle of this.#handlers.ready ?? []) this.attempt(event, () => handle(parsed.ready))
      return parsed
    }
    if (!isGuildEvent(event)) return undefined
    const parsed = parseGuildEvent(event, data)
    if ('rejected' in parsed) return this.#drop(event, parsed.rejected, shard)
    const { guildId, payload, forClient } = parsed
    const handlers = this.#handlers.guild?.[event] ?? []
    for (const handle of handlers) this.attempt(event, () => handle(guildId, payload))
    return forClient && { forClient }
  }

  /** Runs a handler. What it throws is logged with the name of the event. */
  attempt(event: string, handle: () => void): void {
    try {
      handle()
    } catch (error) {
      this.#log.error({ event, err: error }, 'Handling a gateway event failed.')
    }
  }

  #drop(event: string, reason: string, { index }: Shard): undefined {
    this.#log.warn({ event, shard: index, reason }, 'Dropped a gateway event.')
    return undefined
  }
}
