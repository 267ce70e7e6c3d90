import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Gateway } from './gateway/gateway.ts'
import type { FaultRule } from './rest/faults.ts'
import { defaultRateLimits, type RateLimits } from './rest/rate-limits.ts'
import { type RestCall, restServer } from './rest/server.ts'
import { type Clock, systemClock } from './world/clock.ts'
import { Conversation } from './world/conversation.ts'
import { type Application, World } from './world/world.ts'

export interface DiscordOptions {
  readonly clock?: Clock
  /** Where to listen on loopback; any free port by default. */
  readonly port?: number
  /** How long an audit log is kept, in days. */
  readonly retentionDays?: number
  /** How long deletes, moves and disconnects are folded into an earlier entry, in milliseconds. */
  readonly mergeWindow?: number
}

/** A Discord on loopback: the world, and the REST API and gateway that show it. */
export class Discord {
  readonly world: World
  readonly conversation: Conversation
  readonly gateway: Gateway
  readonly rateLimits: RateLimits = defaultRateLimits()
  /** How often a bot may still log in today, as `GET /gateway/bot` has it. */
  sessionStartsLeft = 1000
  /** How large a file may be, in bytes. */
  fileLimit = 10_485_760
  /** Where it is, such as `http://127.0.0.1:40123`. */
  readonly origin: string
  /** Is told of every request and its answer. */
  onRestCall: ((exchanged: RestCall) => void) | undefined
  /** Says which requests go wrong, and how. */
  fault: FaultRule | undefined
  /**
   * Says what the `Date` of an answer tells, in milliseconds, where that is not Discord's time, as when a cache or a
   * proxy on the way has a clock of its own; `null` for none at all.
   */
  dateHeader: ((now: number, path: string) => number | null | undefined) | undefined
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
    const world = new World({ clock, retention: retentionDays * 86_400_000, mergeWindow })
    const server = createServer()
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    return new Discord(server, typeof address === 'object' && address ? address.port : port, world)
  }

  /** What a bot's `DISCORD_API` has to be. */
  get api(): string {
    return `${this.origin}/api`
  }

  /** Resolves when Discord stops: what is kept waiting until then is let go. */
  get stopped(): Promise<void> {
    return this.#stopping.promise
  }

  applicationOf(id: string): Application {
    const found = [...this.world.applications.values()].find((application) => application.id === id)
    if (!found) throw new Error(`There is no application ${id}.`)
    return found
  }

  async stop(): Promise<void> {
    this.#stopping.resolve()
    await this.gateway.close()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
