import {
  GatewayCloseCodes as Close,
  GatewayDispatchEvents,
  GatewayIntentBits,
  GatewayOpcodes as Op,
} from 'discord-api-types/v10'
import type { RawData, WebSocket } from 'ws'
import { guildCreatePayload } from '../payloads/guild.ts'
import { asString, isJsonObject, type JsonObject } from '../world/json.ts'
import type { Application, World } from '../world/world.ts'
import { closeWith } from './close.ts'
import type { Connections } from './connections.ts'
import { applicationWith, type Identity, identityOf, isOnShard } from './identity.ts'
import type { SessionStarts } from './session-starts.ts'
import type { Sessions } from './sessions.ts'

/** What tests can change about the gateway's answers. */
export interface ProtocolSettings {
  /** The data of INVALID_SESSION: whether the session can be resumed. */
  readonly invalidSession: unknown
  /** Whether a RESUME is answered: Discord sometimes leaves one without an answer. */
  readonly answersResume: boolean
  /** Changes the data of a READY. */
  readonly alterReady: (ready: JsonObject) => JsonObject
  /** How many shards may identify at once: those with different remainders by this number. */
  readonly maxConcurrency: number
  /** In how much time only one of them may, in milliseconds. */
  readonly identifyInterval: number
  /** Counts those that were rejected for it. */
  identifiesTooSoon: number
  readonly guildsPerShard: number
  readonly sessionStarts: SessionStarts
  /** Counts the heartbeats of all connections. */
  heartbeats: number
}

/**
 * Answers what bots send: heartbeats, IDENTIFY and RESUME.
 * https://docs.discord.com/developers/events/gateway#connection-lifecycle
 */
export class Protocol {
  readonly #world: World
  readonly #sessions: Sessions
  readonly #connections: Connections
  readonly #settings: ProtocolSettings
  /** When shards identified last, by bot and remainder. */
  readonly #identifiedAt = new Map<string, number>()

  constructor(world: World, sessions: Sessions, connections: Connections, settings: ProtocolSettings) {
    this.#world = world
    this.#sessions = sessions
    this.#connections = connections
    this.#settings = settings
  }

  receive(socket: WebSocket, raw: RawData): void {
    const payload = parse(raw)
    if (!payload) {
      closeWith(socket, Close.DecodeError)
      return
    }
    const data = isJsonObject(payload.d) ? payload.d : {}
    switch (payload.op) {
      case Op.Heartbeat:
        this.#settings.heartbeats++
        this.#connections.heard(socket)
        send(socket, Op.HeartbeatAck)
        break
      case Op.Identify:
        this.#identify(socket, data)
        break
      case Op.Resume:
        if (this.#settings.answersResume) this.#resume(socket, data)
        break
      case Op.PresenceUpdate:
      case Op.VoiceStateUpdate:
      case Op.RequestGuildMembers:
      case Op.RequestSoundboardSounds:
      case Op.RequestChannelInfo:
        if (!this.#sessions.on(socket)) closeWith(socket, Close.NotAuthenticated)
        break
      default:
        closeWith(socket, Close.UnknownOpcode)
    }
  }

  #identify(socket: WebSocket, data: JsonObject): void {
    if (this.#sessions.on(socket)) {
      closeWith(socket, Close.AlreadyAuthenticated)
      return
    }
    const identity = identityOf(this.#world, data)
    if (typeof identity === 'number') {
      closeWith(socket, identity)
      return
    }
    const { application } = identity
    if (!this.#settings.sessionStarts.take()) {
      this.#resetToken(application)
      closeWith(socket, Close.AuthenticationFailed)
      return
    }
    if (this.#isTooSoon(identity)) {
      this.#settings.identifiesTooSoon++
      send(socket, Op.InvalidSession, false)
      return
    }
    const guilds = [...this.#world.guilds.values()].filter(
      ({ id, members }) => members.has(application.id) && isOnShard(id, identity),
    )
    if (guilds.length > this.#settings.guildsPerShard) {
      closeWith(socket, Close.ShardingRequired)
      return
    }
    const session = this.#sessions.open(identity, socket)
    this.#connections.began('identify', session, socket)
    const ready = {
      v: 10,
      user: { ...application.user, mfa_enabled: true, verified: true, email: null },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: `ws://${this.#connections.hostOf(socket)}`,
      ...(data.shard !== undefined && { shard: identity.shard }),
      application: { id: application.id, flags: 0 },
    }
    session.dispatch(GatewayDispatchEvents.Ready, this.#settings.alterReady(ready))
    if (!session.hasIntent(GatewayIntentBits.Guilds)) return
    for (const guild of guilds.filter(({ available }) => available)) {
      session.dispatch(GatewayDispatchEvents.GuildCreate, guildCreatePayload(guild, application.id))
    }
  }

  /** Whether a shard with the same remainder identified a moment ago. It uses the system clock, as bots do. */
  #isTooSoon({ application, shard: [shard] }: Identity): boolean {
    const { identifyInterval, maxConcurrency } = this.#settings
    const key = `${application.id} ${shard % maxConcurrency}`
    const before = this.#identifiedAt.get(key) ?? Number.NEGATIVE_INFINITY
    const now = performance.now()
    if (now - before < identifyInterval) return true
    this.#identifiedAt.set(key, now)
    return false
  }

  /** A bot has started too many sessions: Discord ends all of them, and resets its token. */
  #resetToken({ id, token }: Application): void {
    this.#world.applications.delete(token)
    for (const session of this.#sessions.ofBot(id)) {
      this.#sessions.delete(session)
      if (session.socket) closeWith(session.socket, Close.AuthenticationFailed)
    }
  }

  #resume(socket: WebSocket, { token, session_id, seq }: JsonObject): void {
    if (this.#sessions.on(socket)) {
      closeWith(socket, Close.AlreadyAuthenticated)
      return
    }
    const application = applicationWith(this.#world, token)
    if (!application) {
      closeWith(socket, Close.AuthenticationFailed)
      return
    }
    const session = this.#sessions.get(asString(session_id) ?? '')
    if (session?.identity.application !== application) {
      send(socket, Op.InvalidSession, this.#settings.invalidSession)
      return
    }
    if (!session.hasSent(seq)) {
      this.#sessions.delete(session)
      closeWith(socket, Close.InvalidSeq)
      return
    }
    const before = session.socket
    session.attach(socket)
    before?.terminate()
    if (session.replay(seq)) {
      this.#connections.began('resume', session, socket)
      session.dispatch(GatewayDispatchEvents.Resumed, { _trace: [] })
      return
    }
    session.detach()
    this.#sessions.delete(session)
    send(socket, Op.InvalidSession, this.#settings.invalidSession)
  }
}

/** Sends a payload that belongs to no session. */
export function send(socket: WebSocket, op: Op, d: unknown = null): void {
  if (socket.readyState === 1) socket.send(JSON.stringify({ op, d, s: null, t: null }))
}

function parse(raw: RawData): JsonObject | undefined {
  try {
    const payload: unknown = JSON.parse(raw.toString())
    return isJsonObject(payload) ? payload : undefined
  } catch {
    return undefined
  }
}
