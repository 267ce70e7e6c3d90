import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { attachmentRoutes } from '../rest/attachments.ts'
import { type Bundle, bundle } from './bundle.ts'
import { Faults } from './faults.ts'
import { MemberRequests } from './member-requests.ts'
import type { Playground } from './playground.ts'
import { type Parts, pageRoutes } from './routes.ts'
import { visibleState } from './state/visible-state.ts'
import { StateStream } from './state-stream.ts'
import { TimeLapse } from './time-lapse.ts'

/** How many ports are tried, from the one that was asked for on. */
const PORTS = 20

/** How often the page looks whether anything has changed of which nobody tells, in milliseconds. */
const LOOK = 1000

/** A page in the browser that shows a stage as Discord's client would, and lets one play on it. */
export class Page {
  /** Where it is, such as `http://localhost:4321`. */
  readonly address: string
  readonly #server: Server
  readonly #feed: StateStream

  private constructor(server: Server, port: number, stream: StateStream) {
    this.#server = server
    this.#feed = stream
    this.address = `http://localhost:${port}`
  }

  /**
   * Serves the page on loopback.
   * @param port where to; the next one that is free when it is taken, any where it is 0
   */
  static async open(playground: Playground, port: number): Promise<Page> {
    const { discord, guild } = playground.town
    const members = new MemberRequests(playground.town)
    const faults = new Faults(playground)
    const timeLapse = new TimeLapse(playground)
    const stream = new StateStream(
      (memberId) => visibleState(playground, members, faults, timeLapse, memberId),
      () => discord.world.now(),
    )
    discord.conversation.onChange = () => stream.touch()
    guild.log.onChange = () => stream.touch()
    playground.bot.onChange = () => stream.touch()
    // Connections that come and go, and the time itself, are told by nobody.
    setInterval(() => stream.touch(), LOOK).unref()
    const app = pageApp(await bundle(), {
      stage: playground,
      feed: stream,
      members,
      faults,
      passing: timeLapse,
    })
    const server = createServer(getRequestListener(app.fetch))
    return new Page(server, await listen(server, port), stream)
  }

  async close(): Promise<void> {
    this.#feed.close()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

function pageApp({ html, script, style }: Bundle, parts: Parts): Hono {
  const app = new Hono()
  // Nothing that anyone writes can become a script, and nothing is fetched from anywhere else.
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
      },
    }),
  )
  app.get('/', (context) => context.html(html))
  app.get('/main.js', (context) =>
    context.body(new Uint8Array(script), 200, { 'content-type': 'text/javascript' }),
  )
  app.get('/main.css', (context) => context.body(new Uint8Array(style), 200, { 'content-type': 'text/css' }))
  app.use(
    '/fonts/*',
    serveStatic({
      root: FONTS,
      rewriteRequestPath: (path) => path.replace('/fonts', ''),
      onFound: (_path, context) => context.header('cache-control', 'max-age=86400'),
    }),
  )
  app.route('/', attachmentRoutes(parts.stage.town.discord.conversation))
  app.route('/', pageRoutes(parts))
  return app
}

const FONTS = new URL('../../node_modules/', import.meta.url).pathname

async function listen(server: Server, wanted: number): Promise<number> {
  for (let port = wanted; ; port++) {
    try {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
      const address = server.address()
      return typeof address === 'object' && address ? address.port : port
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      if (!taken) throw error
      if (port - wanted >= PORTS)
        throw new Error(`The ports from ${wanted} to ${port} are all taken. Name another.`)
    }
  }
}
