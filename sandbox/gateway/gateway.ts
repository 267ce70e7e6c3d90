import type { Server } from 'node:http'
import {
  GatewayCloseCodes as Close,
  GatewayDispatchEvents,
  GatewayIntentBits,
  GatewayOpcodes as Op,
} from 'discord-api-types/v10'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { guildCreatePayload } from '../payloads/guild.ts'
import { asString, isJsonObject, type JsonObject } from '../world/json.ts'
import type { World, WorldEvent } from '../world/world.ts'
import type { OddFrame } from './odd-frames.ts'
import { type Identity, PRIVILEGED, Session, send } from './session.ts'

const HEARTBEAT_INTERVAL = 41_250

/** How many intents there are: anything past the highest is refused. */
const KNOWN_INTENTS = Object.values(GatewayIntentBits)
  .filter((bit) => typeof bit === 'number')
  .reduce((all, bit) => all | bit, 0)

/** What Discord says when it closes a connection. */
const REASONS: Partial<Record<Close, string>> = {
  [Close.UnknownOpcode]: 'Unknown opcode.',
  [Close.DecodeError]: 'Error while decoding payload.',
  [Close.NotAuthenticated]: 'Not authenticated.',
  [Close.AuthenticationFailed]: 'Authentication failed.',
  [Close.AlreadyAuthenticated]: 'Already authenticated.',
  [Close.InvalidSeq]: 'Invalid seq.',
  [Close.InvalidShard]: 'Invalid shard.',
  [Close.InvalidIntents]: 'Invalid intent(s).',
  [Close.DisallowedIntents]: 'Disallowed intent(s).',
}

/** Codes by which a bot says that it will not resume. */
const FAREWELLS: readonly number[] = [1000, 1001]

/** Discord's gateway, version 10. */
export class Gateway {
  readonly url: string
  /** How many shards `GET /gateway/bot` recommends. */
  shards = 1
  /** How many shards may identify at once, as `GET /gateway/bot` has it. */
  maxConcurrency = 1
  /** While it is down, nobody can connect. */
  down = false
  /** What the HELLO of a new connection says. Tests put odd things in. */
  hello: unknown = { heartbeat_interval: HEARTBEAT_INTERVAL, _trace: [] }
  /** What an INVALID_SESSION says: whether the session can be resumed. Tests put odd things in. */
  invalidSession: unknown = false
  /** Whether a RESUME is answered: now and then Discord leaves one without an answer. */
  answersResume = true
  /** Changes what a READY says. Tests make odd ones. */
  alterReady: (ready: JsonObject) => JsonObject = (ready) => ready
  /** How many connections there were, and how many heartbeats have come on all of them. */
  connections = 0
  heartbeats = 0
  /** What is kept from being sent, as events are sometimes lost. */
  losesEvent: (happening: WorldEvent) => boolean = () => false
  readonly #world: World
  readonly #server: WebSocketServer
  readonly #sessions = new Map<string, Session>()
  #lastSession = 0

  constructor(world: World, server: Server, url: string) {
    this.#world = world
    this.url = url
    this.#server = new WebSocketServer({ server })
    this.#server.on('connection', (socket) => this.#connected(socket))
    world.listen((happening) => this.#tell(happening))
  }

  /** The sessions a bot has had and could resume. */
  sessionsOf(botId: string): Session[] {
    return [...this.#sessions.values()].filter(({ identity }) => identity.application.id === botId)
  }

  /** Cuts every connection, as a network does. The sessions can be resumed. */
  dropConnections(): void {
    for (const socket of this.#server.clients) socket.terminate()
  }

  /** Asks every bot to connect anew and resume. */
  requestReconnect(): void {
    for (const socket of this.#server.clients) send(socket, Op.Reconnect)
  }

  /** Ends every session. Bots have to identify anew, and are never sent what they missed. */
  invalidate(): void {
    this.#sessions.clear()
    for (const socket of this.#server.clients) send(socket, Op.InvalidSession, this.invalidSession)
  }

  /** Sends an odd frame to every session of a bot. */
  sendOddFrame(botId: string, frame: OddFrame): void {
    for (const session of this.sessionsOf(botId)) {
      if ('event' in frame) session.dispatch(frame.event, frame.data)
      else session.sendRaw(frame.raw)
    }
  }

  /** A guild goes out of reach, or comes back. */
  setAvailable(guildId: string, available: boolean): void {
    const guild = this.#world.guilds.get(guildId)
    if (!guild || guild.available === available) return
    guild.available = available
    for (const session of this.#serving(guildId)) {
      if (available)
        session.dispatch(
          GatewayDispatchEvents.GuildCreate,
          guildCreatePayload(guild, session.identity.application.id),
        )
      else session.dispatch(GatewayDispatchEvents.GuildDelete, { id: guildId, unavailable: true })
    }
  }

  /** A bot joins a guild, or is removed from it; its sessions are told. */
  announceJoin(guildId: string, botId: string): void {
    const guild = this.#world.guilds.get(guildId)
    for (const session of this.sessionsOf(botId)) {
      if (guild && session.hasIntent(GatewayIntentBits.Guilds) && session.servesGuild(guildId))
        session.dispatch(GatewayDispatchEvents.GuildCreate, guildCreatePayload(guild, botId))
    }
  }

  announceLeave(guildId: string, botId: string): void {
    for (const session of this.sessionsOf(botId)) {
      if (session.hasIntent(GatewayIntentBits.Guilds) && session.servesGuild(guildId))
        session.dispatch(GatewayDispatchEvents.GuildDelete, { id: guildId })
    }
  }

  /** Sends an interaction to the application it is for. */
  sendInteraction(applicationId: string, guildId: string, interaction: JsonObject): void {
    const session = this.sessionsOf(applicationId).findLast((candidate) => candidate.servesGuild(guildId))
    session?.dispatch(GatewayDispatchEvents.InteractionCreate, interaction)
  }

  async close(): Promise<void> {
    this.dropConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #serving(guildId: string): Session[] {
    const guild = this.#world.guilds.get(guildId)
    return [...this.#sessions.values()].filter(
      (session) =>
        guild?.members.has(session.identity.application.id) &&
        session.hasIntent(GatewayIntentBits.Guilds) &&
        session.servesGuild(guildId),
    )
  }

  #tell(happening: WorldEvent): void {
    if (this.losesEvent(happening)) return
    for (const session of this.#sessions.values()) {
      if (session.mayReceive(happening)) session.deliver(happening)
    }
  }

  #connected(socket: WebSocket): void {
    if (this.down) {
      socket.terminate()
      return
    }
    this.connections++
    send(socket, Op.Hello, this.hello)
    socket.on('message', (raw) => this.#received(socket, raw))
    socket.on('close', (code) => this.#closed(socket, code))
    socket.on('error', () => socket.terminate())
  }

  #closed(socket: WebSocket, code: number): void {
    const session = this.#carriedBy(socket)
    session?.detach()
    if (session && FAREWELLS.includes(code)) this.#sessions.delete(session.id)
  }

  #carriedBy(socket: WebSocket): Session | undefined {
    return [...this.#sessions.values()].find((session) => session.isOn(socket))
  }

  #received(socket: WebSocket, raw: RawData): void {
    const payload = parse(raw)
    if (!payload) {
      refuse(socket, Close.DecodeError)
      return
    }
    const data = isJsonObject(payload.d) ? payload.d : {}
    switch (payload.op) {
      case Op.Heartbeat:
        this.heartbeats++
        send(socket, Op.HeartbeatAck)
        break
      case Op.Identify:
        this.#identify(socket, data)
        break
      case Op.Resume:
        if (this.answersResume) this.#resume(socket, data)
        break
      case Op.PresenceUpdate:
      case Op.VoiceStateUpdate:
      case Op.RequestGuildMembers:
      case Op.RequestSoundboardSounds:
      case Op.RequestChannelInfo:
        if (!this.#carriedBy(socket)) refuse(socket, Close.NotAuthenticated)
        break
      default:
        refuse(socket, Close.UnknownOpcode)
    }
  }

  #identify(socket: WebSocket, data: JsonObject): void {
    if (this.#carriedBy(socket)) {
      refuse(socket, Close.AlreadyAuthenticated)
      return
    }
    const identity = this.#identityOf(data)
    if (typeof identity === 'number') {
      refuse(socket, identity)
      return
    }
    const session = new Session(`session-${++this.#lastSession}`, identity, this.#world)
    this.#sessions.set(session.id, session)
    session.attach(socket)
    const { application, shard } = identity
    const guilds = [...this.#world.guilds.values()].filter(
      (guild) => guild.members.has(application.id) && session.servesGuild(guild.id),
    )
    const ready = {
      v: 10,
      user: { ...application.user, mfa_enabled: true, verified: true, email: null },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: this.url,
      ...(data.shard !== undefined && { shard }),
      application: { id: application.id, flags: 0 },
    }
    session.dispatch(GatewayDispatchEvents.Ready, this.alterReady(ready))
    if (!session.hasIntent(GatewayIntentBits.Guilds)) return
    for (const guild of guilds.filter(({ available }) => available)) {
      session.dispatch(GatewayDispatchEvents.GuildCreate, guildCreatePayload(guild, application.id))
    }
  }

  /** Who identifies, or the close code that refuses them. */
  #identityOf({ token, intents, shard }: JsonObject): Identity | Close {
    const application = this.#world.applications.get(asString(token)?.replace(/^Bot /, '') ?? '')
    if (!application) return Close.AuthenticationFailed
    if (typeof intents !== 'number' || !Number.isInteger(intents) || intents & ~KNOWN_INTENTS)
      return Close.InvalidIntents
    if (intents & PRIVILEGED & ~(application.membersIntent ? GatewayIntentBits.GuildMembers : 0)) {
      return Close.DisallowedIntents
    }
    const [id, count] = shard === undefined ? [0, 1] : Array.isArray(shard) ? shard : []
    if (!Number.isInteger(id) || !Number.isInteger(count) || id < 0 || id >= count) return Close.InvalidShard
    return { application, intents, shard: [Number(id), Number(count)] }
  }

  #resume(socket: WebSocket, { token, session_id, seq }: JsonObject): void {
    if (this.#carriedBy(socket)) {
      refuse(socket, Close.AlreadyAuthenticated)
      return
    }
    const application = this.#world.applications.get(asString(token)?.replace(/^Bot /, '') ?? '')
    if (!application) {
      refuse(socket, Close.AuthenticationFailed)
      return
    }
    const session = this.#sessions.get(asString(session_id) ?? '')
    if (session?.identity.application !== application) {
      send(socket, Op.InvalidSession, this.invalidSession)
      return
    }
    if (!session.hasSent(seq)) {
      this.#sessions.delete(session.id)
      refuse(socket, Close.InvalidSeq)
      return
    }
    session.attach(socket)
    if (session.replay(seq)) {
      session.dispatch('RESUMED', { _trace: [] })
      return
    }
    session.detach()
    this.#sessions.delete(session.id)
    send(socket, Op.InvalidSession, this.invalidSession)
  }
}

function refuse(socket: WebSocket, code: Close): void {
  socket.close(code, REASONS[code])
}

function parse(raw: RawData): JsonObject | undefined {
  try {
    const payload: unknown = JSON.parse(raw.toString())
    return isJsonObject(payload) ? payload : undefined
  } catch {
    return undefined
  }
}
