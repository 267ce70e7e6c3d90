import { type GatewayDispatchEvents, type GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10'
import type { WebSocket } from 'ws'
import type { World } from '../world/world.ts'
import type { WorldEvent } from '../world/world-event.ts'
import { type Identity, isOnShard } from './identity.ts'

/** How many events a session stores for a RESUME. */
const STORED_EVENTS = 10_000

interface Dispatch {
  readonly op: GatewayOpcodes.Dispatch
  readonly d: unknown
  readonly s: number
  readonly t: string
}

/**
 * A bot's session: numbers its events and stores them, so that a bot which resumes receives what it missed.
 * https://docs.discord.com/developers/events/gateway#resuming
 */
export class Session {
  readonly id: string
  readonly identity: Identity
  readonly #world: World
  readonly #sent: Dispatch[] = []
  #sequence = 0
  #socket: WebSocket | undefined
  #detachedAt = Number.POSITIVE_INFINITY

  constructor(id: string, identity: Identity, world: World) {
    this.id = id
    this.identity = identity
    this.#world = world
  }

  attach(socket: WebSocket): void {
    this.#socket = socket
    this.#detachedAt = Number.POSITIVE_INFINITY
  }

  detach(): void {
    this.#socket = undefined
    this.#detachedAt = performance.now()
  }

  /** For how long it has had no connection, in milliseconds of the system's clock; negative if it has one. */
  get detachedFor(): number {
    return performance.now() - this.#detachedAt
  }

  /** The connection it uses; undefined while the bot is disconnected. */
  get socket(): WebSocket | undefined {
    return this.#socket
  }

  /** Whether a guild belongs to this session's shard. */
  servesGuild(guildId: string): boolean {
    return isOnShard(guildId, this.identity)
  }

  hasIntent(intent: GatewayIntentBits): boolean {
    return (this.identity.intents & intent) !== 0
  }

  /** Whether its bot's guilds, intents and permissions let it receive an event. */
  mayReceive({ guildId, intent, permission, aboutUser }: WorldEvent): boolean {
    const guild = this.#world.guilds.get(guildId)
    const { application } = this.identity
    if (!guild?.members.has(application.id) || !this.servesGuild(guildId) || !guild.available) return false
    if (!this.hasIntent(intent) && aboutUser !== application.id) return false
    return permission === undefined || guild.may(application.id, permission)
  }

  /** Sends an event, with the payload for this session's bot. */
  deliver({ event, data, dataFor }: WorldEvent): void {
    const payload = dataFor ? dataFor(this.identity.application.id) : data
    if (payload) this.dispatch(event, payload)
  }

  /** Sends an event. Name and data can be anything, since Discord sends malformed events too. */
  dispatch(event: GatewayDispatchEvents | (string & {}), data: unknown): void {
    const payload: Dispatch = { op: GatewayOpcodes.Dispatch, t: event, s: ++this.#sequence, d: data }
    this.#sent.push(payload)
    if (this.#sent.length > STORED_EVENTS) this.#sent.shift()
    this.#write(payload)
  }

  /** Sends a frame as it is, text or binary. It has no sequence number and is not replayed. */
  sendRaw(frame: string | Uint8Array): void {
    if (this.#socket?.readyState === 1) this.#socket.send(frame, { binary: typeof frame !== 'string' })
  }

  /** Whether an event with this sequence number was sent. */
  hasSent(sequence: unknown): sequence is number {
    return Number.isInteger(sequence) && Number(sequence) >= 0 && Number(sequence) <= this.#sequence
  }

  /**
   * Sends the events after a sequence number again.
   * @returns false if some of them are no longer stored; then nothing is sent
   */
  replay(after: number): boolean {
    const oldest = this.#sent[0]?.s ?? this.#sequence + 1
    if (after + 1 < oldest) return false
    for (const payload of this.#sent) if (payload.s > after) this.#write(payload)
    return true
  }

  #write(payload: Dispatch): void {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(payload))
  }
}
