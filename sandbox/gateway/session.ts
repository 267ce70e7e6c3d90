import {
  type GatewayDispatchEvents,
  GatewayIntentBits,
  GatewayOpcodes,
  type GatewayReceivePayload,
} from 'discord-api-types/v10'
import type { WebSocket } from 'ws'
import type { Application, World, WorldEvent } from '../world/world.ts'

/** How many events a session keeps for one who resumes it. */
const REPLAYED = 10_000

export interface Identity {
  readonly application: Application
  readonly intents: number
  readonly shard: readonly [number, number]
}

type Sent = {
  readonly op: number
  readonly d: unknown
  readonly s?: number | null
  readonly t?: string | null
}

/**
 * A bot's session: which events it is sent, numbered, and kept for when the connection breaks and it resumes.
 * https://docs.discord.com/developers/topics/gateway
 */
export class Session {
  readonly id: string
  readonly identity: Identity
  readonly #world: World
  readonly #sent: Sent[] = []
  #sequence = 0
  #socket: WebSocket | undefined

  constructor(id: string, identity: Identity, world: World) {
    this.id = id
    this.identity = identity
    this.#world = world
  }

  /** Whether a socket is carrying the session right now. */
  isOn(socket: WebSocket): boolean {
    return this.#socket === socket
  }

  attach(socket: WebSocket): void {
    this.#socket = socket
  }

  detach(): void {
    this.#socket = undefined
  }

  get socket(): WebSocket | undefined {
    return this.#socket
  }

  /** Whether a guild is among those this session's shard is for. */
  servesGuild(guildId: string): boolean {
    const [shard, shards] = this.identity.shard
    return Number((BigInt(guildId) >> 22n) % BigInt(shards)) === shard
  }

  hasIntent(intent: GatewayIntentBits): boolean {
    return (this.identity.intents & intent) !== 0
  }

  mayReceive({ guildId, intent, permission, aboutUser: ofUser }: WorldEvent): boolean {
    const guild = this.#world.guilds.get(guildId)
    const { application } = this.identity
    if (!guild?.members.has(application.id) || !this.servesGuild(guildId) || !guild.available) return false
    if (!this.hasIntent(intent) && ofUser !== application.id) return false
    return permission === undefined || guild.may(application.id, permission)
  }

  /** Sends what happened as it is told to this session's bot. */
  deliver({ event, data, dataFor }: WorldEvent): void {
    const update = dataFor ? dataFor(this.identity.application.id) : data
    if (update) this.dispatch(event, update)
  }

  /** Sends an event. Its name and data can be anything, since Discord sends odd ones. */
  dispatch(event: GatewayDispatchEvents | (string & {}), data: unknown): void {
    const payload: Sent = { op: GatewayOpcodes.Dispatch, t: event, s: ++this.#sequence, d: data }
    this.#sent.push(payload)
    if (this.#sent.length > REPLAYED) this.#sent.shift()
    this.#write(payload)
  }

  /** Sends a frame exactly as it is given, text or binary. It has no number of the session's and is not replayed. */
  sendRaw(frame: string | Uint8Array): void {
    if (this.#socket?.readyState === 1) this.#socket.send(frame, { binary: typeof frame !== 'string' })
  }

  /** Whether a bot can have heard an event of this number. */
  hasSent(sequence: unknown): sequence is number {
    return Number.isInteger(sequence) && Number(sequence) >= 0 && Number(sequence) <= this.#sequence
  }

  /** Sends again what the bot has missed. Gives false when that is no longer known. */
  replay(after: number): boolean {
    const oldest = this.#sent[0]?.s ?? this.#sequence + 1
    if (after + 1 < oldest) return false
    for (const payload of this.#sent) if ((payload.s ?? 0) > after) this.#write(payload)
    return true
  }

  #write(payload: Sent): void {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(payload))
  }
}

export function send(socket: WebSocket, op: GatewayReceivePayload['op'], d: unknown = null): void {
  if (socket.readyState === 1) socket.send(JSON.stringify({ op, d, s: null, t: null }))
}

/** Intents that have to be switched on for an application first. */
export const PRIVILEGED =
  GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent
