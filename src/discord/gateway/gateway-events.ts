import { GatewayDispatchEvents as Event } from 'discord-api-types/v10'
import type { Log } from '../../core/log.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { type GuildEvent, isGuildEvent, readGuildEvent, type Sent } from './event.ts'
import type { Dispatch } from './frame.ts'
import { type Ready, readReady } from './ready.ts'

/** Which shard it is, and of how many. */
export interface ShardPlace {
  readonly index: number
  readonly count: number
}

type Listener = (guildId: Snowflake, sent: Sent) => void

/**
 * Everything that Discord's gateway tells, once its shape is checked. What Custos does not use ends here, what is
 * malformed is logged by the event's name and dropped, and a listener that throws keeps no other from hearing.
 */
export class GatewayEvents {
  readonly #log: Log
  readonly #onReady: ((ready: Ready) => void)[] = []
  readonly #listeners = new Map<GuildEvent, Listener[]>()

  constructor(log: Log) {
    this.#log = log
  }

  /** Calls a listener when a session begins; what happened since the last one is never sent. */
  onReady(listener: (ready: Ready) => void): void {
    this.#onReady.push(listener)
  }

  /** Calls a listener for an event of any guild. Listeners are called in the order they were added. */
  on(event: GuildEvent, listener: Listener): void {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener])
  }

  /**
   * Tells the listeners of an event.
   * @returns what discord.js needs to know of it; undefined for nothing
   */
  take({ t, d }: Dispatch, shard: ShardPlace): { readonly forClient: object } | undefined {
    if (t === Event.Resumed) return { forClient: {} }
    if (t === Event.Ready) {
      const read = readReady(d, shard)
      if ('refused' in read) return this.#refuse(t, read.refused, shard)
      for (const listener of this.#onReady) this.attempt(t, () => listener(read.ready))
      return read
    }
    if (!isGuildEvent(t)) return undefined
    const read = readGuildEvent(t, d)
    if ('refused' in read) return this.#refuse(t, read.refused, shard)
    const { guildId, sent, forClient } = read
    for (const listener of this.#listeners.get(t) ?? []) this.attempt(t, () => listener(guildId, sent))
    return forClient && { forClient }
  }

  /** Handles an event; what is thrown is logged by the event's name. */
  attempt(event: string, handle: () => void): void {
    try {
      handle()
    } catch (error) {
      this.#log.error({ event, err: error }, 'An event of Discord could not be handled.')
    }
  }

  #refuse(event: string, reason: string, { index }: ShardPlace): undefined {
    this.#log.warn({ event, shard: index }, `An event of Discord was dropped: ${reason}.`)
    return undefined
  }
}
