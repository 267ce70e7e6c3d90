import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Gateway } from './gateway/gateway.ts'
import type { RestBackend } from './rest/backend.ts'
import { defaultRateLimits, type RateLimits } from './rest/rate-limits.ts'
import { restServer } from './rest/server.ts'
import { type Clock, systemClock } from './world/clock.ts'
import { Conversation } from './world/conversation.ts'
import { DAY } from './world/units.ts'
import { World } from './world/world.ts'

export interface DiscordOptions {
  readonly clock?: Clock
  /** The port on loopback; any free port by default. */
  readonly port?: number
  /** How long an audit log is stored, in days. */
  readonly retentionDays?: number
  /** How long deletes, moves and disconnects are merged into an earlier entry, in milliseconds. */
  readonly mergeWindow?: number
}

/** A Discord on loopback: the world, and the REST API and gateway that serve it. */
export class Discord implements RestBackend {
  readonly world: World
  readonly conversation: Conversation
  readonly gateway: Gateway
  readonly rateLimits: RateLimits = defaultRateLimits()
  fileLimit = 10_485_760
  answering = 0
  readonly origin: string
  onRestCall: RestBackend['onRestCall']
  onResponse: RestBackend['onResponse']
  latency: RestBackend['latency']
  fault: RestBackend['fault']
  dateHeader: RestBackend['dateHeader']
  readonly #server: Server
  readonly #stopping = Promise.withResolvers<void>()

  private constructor(server: Server, port: number, world: World) {
    this.#server = server
    this.world = world
    this.origin = `http://127.0.0.1:${port}`
    this.conversation = new Conversation(world)
    this.gateway = new Gateway(world, server, `ws://127.0.0.1:${port}`)
    server.on('request', getRequestListener(restServer(this).fetch))
  }

  static async start(options: DiscordOptions = {}): Promise<Discord> {
    const { clock = systemClock, port = 0, retentionDays = 45, mergeWindow = 300_000 } = options
    const world = new World({ clock, retention: retentionDays * DAY, mergeWindow })
    const server = createServer()
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    return new Discord(server, typeof address === 'object' && address ? address.port : port, world)
  }

  /** The value for a bot's `DISCORD_API`. */
  get api(): string {
    return `${this.origin}/api`
  }

  get stopped(): Promise<void> {
    return this.#stopping.promise
  }

  async stop(): Promise<void> {
    this.#stopping.resolve()
    await this.gateway.close()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
