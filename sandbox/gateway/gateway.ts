import type { IncomingMessage, Server } from 'node:http'
import {
  GatewayDispatchEvents as Event,
  GatewayIntentBits,
  GatewayOpcodes as Op,
} from 'discord-api-types/v10'
import { type WebSocket, WebSocketServer } from 'ws'
import { guildCreatePayload } from '../payloads/guild.ts'
import type { JsonObject } from '../world/json.ts'
import type { World } from '../world/world.ts'
import type { WorldEvent } from '../world/world-event.ts'
import { endsSession } from './close.ts'
import { Connections, type ShardConnection } from './connections.ts'
import type { OddFrame } from './odd-frames/odd-frame.ts'
import { Protocol, type ProtocolSettings, send } from './protocol.ts'
import type { Session } from './session.ts'
import { SessionStarts } from './session-starts.ts'
import { Sessions } from './sessions.ts'

const HEARTBEAT_INTERVAL = 41_250

/** Discord's gateway, version 10. https://docs.discord.com/developers/events/gateway */
export class Gateway implements ProtocolSettings {
  readonly url: string
  /** How many shards `GET /gateway/bot` recommends. */
  shards = 1
  /** How many shards may identify at once, as `GET /gateway/bot` returns it. */
  maxConcurrency = 1
  /** How long a shard waits after another with the same remainder, in milliseconds. Discord's 5,000 would delay tests. */
  identifyInterval = 0
  /** How many were rejected because another had identified less than that before. */
  identifiesTooSoon = 0
  /** After how long without a heartbeat a connection is closed, in milliseconds. Clients of tests send none. */
  heartbeatTimeout = Number.POSITIVE_INFINITY
  /** For how long a session can be resumed after its connection closed, in milliseconds. Discord does not publish it. */
  resumableFor = Number.POSITIVE_INFINITY
  /** How many guilds a shard may have. */
  guildsPerShard = 2500
  readonly sessionStarts: SessionStarts
  /** While it is down, nobody can connect. */
  down = false
  /** The data of HELLO. Tests send malformed ones. */
  hello: unknown = { heartbeat_interval: HEARTBEAT_INTERVAL, _trace: [] }
  invalidSession: unknown = false
  answersResume = true
  alterReady: (ready: JsonObject) => JsonObject = (ready) => ready
  heartbeats = 0
  /** Which events are lost: never sent to any session. */
  losesEvent: (event: WorldEvent) => boolean = () => false
  readonly #world: World
  readonly #server: WebSocketServer
  readonly #sessions: Sessions
  readonly #connections = new Connections()
  readonly #protocol: Protocol

  constructor(world: World, server: Server, url: string) {
    this.#world = world
    this.url = url
    this.sessionStarts = new SessionStarts(() => world.now())
    this.#sessions = new Sessions(world, () => this.resumableFor)
    this.#protocol = new Protocol(world, this.#sessions, this.#connections, this)
    this.#server = new WebSocketServer({ server })
    this.#server.on('connection', (socket, request) => this.#onConnection(socket, request))
    world.listen((event) => this.#deliver(event))
  }

  /** How many connections there have been. */
  get connections(): number {
    return this.#connections.count
  }

  /** Which shards were connected, in the order in which they connected. */
  get shardConnections(): readonly ShardConnection[] {
    return this.#connections.record
  }

  /** A bot's sessions that are open or can be resumed. */
  sessionsOf(botId: string): Session[] {
    return this.#sessions.ofBot(botId)
  }

  /** Whether a bot has a session with an open connection. */
  isConnected(botId: string): boolean {
    return this.sessionsOf(botId).some(({ socket }) => socket !== undefined)
  }

  /** Breaks every connection, as a network failure does. The sessions can be resumed. */
  dropConnections(): void {
    for (const socket of this.#server.clients) socket.terminate()
  }

  /** Sends RECONNECT: every bot should connect again and resume. */
  requestReconnect(): void {
    for (const socket of this.#server.clients) send(socket, Op.Reconnect)
  }

  /** Ends every session. Bots must identify again and never receive what they missed. */
  invalidate(): void {
    this.#sessions.clear()
    for (const socket of this.#server.clients) {
      this.#connections.ended(socket)
      send(socket, Op.InvalidSession, this.invalidSession)
    }
  }

  /** Sends a malformed frame to every session of a bot. */
  sendOddFrame(botId: string, frame: OddFrame): void {
    for (const session of this.sessionsOf(botId)) {
      if ('event' in frame) session.dispatch(frame.event, frame.data)
      else session.sendRaw(frame.raw)
    }
  }

  /** Begins or ends an outage of one guild. */
  setAvailable(guildId: string, available: boolean): void {
    const guild = this.#world.guilds.get(guildId)
    if (!guild || guild.available === available) return
    guild.available = available
    for (const session of this.#sessions.all()) {
      const botId = session.identity.application.id
      if (!guild.members.has(botId) || !receivesGuild(session, guildId)) continue
      if (available) session.dispatch(Event.GuildCreate, guildCreatePayload(guild, botId))
      else session.dispatch(Event.GuildDelete, { id: guildId, unavailable: true })
    }
  }

  /** Sends a bot's sessions the GUILD_CREATE of a guild it joined. */
  announceJoin(guildId: string, botId: string): void {
    const guild = this.#world.guilds.get(guildId)
    for (const session of this.sessionsOf(botId)) {
      if (guild && receivesGuild(session, guildId))
        session.dispatch(Event.GuildCreate, guildCreatePayload(guild, botId))
    }
  }

  /** Sends a bot's sessions the GUILD_DELETE of a guild it was removed from. */
  announceLeave(guildId: string, botId: string): void {
    for (const session of this.sessionsOf(botId)) {
      if (receivesGuild(session, guildId)) session.dispatch(Event.GuildDelete, { id: guildId })
    }
  }

  /** Sends an interaction to its application's sessions for the guild, of which only one can respond. */
  sendInteraction(applicationId: string, guildId: string, interaction: JsonObject): void {
    for (const session of this.sessionsOf(applicationId))
      if (session.servesGuild(guildId)) session.dispatch(Event.InteractionCreate, interaction)
  }

  async close(): Promise<void> {
    this.dropConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #deliver(event: WorldEvent): void {
    if (this.losesEvent(event)) return
    for (const session of this.#sessions.all()) {
      if (session.mayReceive(event)) session.deliver(event)
    }
  }

  #onConnection(socket: WebSocket, request: IncomingMessage): void {
    if (this.down) {
      socket.terminate()
      return
    }
    this.#connections.add(socket, request, this.heartbeatTimeout)
    send(socket, Op.Hello, this.hello)
    socket.on('message', (raw) => this.#protocol.receive(socket, raw))
    socket.on('close', (code) => this.#onClose(socket, code))
    socket.on('error', () => socket.terminate())
  }

  #onClose(socket: WebSocket, code: number): void {
    const session = this.#sessions.on(socket)
    session?.detach()
    this.#connections.delete(socket)
    if (session && endsSession(code)) this.#sessions.delete(session)
  }
}

/** Whether a session receives the GUILD_CREATE and GUILD_DELETE of a guild. */
function receivesGuild(session: Session, guildId: string): boolean {
  return session.hasIntent(GatewayIntentBits.Guilds) && session.servesGuild(guildId)
}
