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
import type { PageParts } from './parts.ts'
import type { Playground } from './playground.ts'
import { Raid } from './raid.ts'
import { pageRoutes } from './routes.ts'
import { visibleState } from './state/visible-state.ts'
import { StateStream } from './state-stream.ts'
import { TimeLapse } from './time-lapse.ts'

/** How many ports after the requested one are tried. */
const MORE_PORTS = 20

/** How often changes without an event are looked for, such as broken connections, in milliseconds. */
const POLL_INTERVAL = 1000

/** A web page that looks like Discord's client and controls a playground. */
export class Page {
  /** Such as `http://localhost:4321`. */
  readonly address: string
  readonly #server: Server
  readonly #stream: StateStream
  readonly #raid: Raid

  private constructor(server: Server, port: number, stream: StateStream, raid: Raid) {
    this.#server = server
    this.#stream = stream
    this.#raid = raid
    this.address = `http://localhost:${port}`
  }

  /**
   * Serves the page on loopback.
   * @param port the next free port is used if it is taken; 0 for any port
   * @throws Error if the next 20 ports are taken too
   */
  static async open(playground: Playground, port: number): Promise<Page> {
    const { discord, guild } = playground.town
    const parts = {
      playground,
      memberRequests: new MemberRequests(playground.town),
      faults: new Faults(playground),
      timeLapse: new TimeLapse(playground),
      raid: new Raid(playground),
    }
    const stream = new StateStream(
      (memberId) => visibleState(parts, memberId),
      () => discord.world.now(),
    )
    const refresh = () => stream.refresh()
    discord.conversation.onChange = refresh
    guild.log.onChange = refresh
    playground.bot.onChange = refresh
    setInterval(refresh, POLL_INTERVAL).unref()
    const app = pageApp(await bundle(), parts, stream)
    const server = createServer(getRequestListener(app.fetch))
    return new Page(server, await listen(server, port), stream, parts.raid)
  }

  async close(): Promise<void> {
    this.#raid.stop()
    this.#stream.close()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

function pageApp({ html, script, style }: Bundle, parts: PageParts, stream: StateStream): Hono {
  const app = new Hono()
  // Text that members write cannot become a script, and nothing is loaded from other hosts.
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
  app.route('/', attachmentRoutes(parts.playground.town.discord.conversation))
  app.route('/', pageRoutes(parts, stream))
  return app
}

const FONTS = new URL('../../node_modules/', import.meta.url).pathname

/** Listens on the first free port and returns it. */
async function listen(server: Server, firstPort: number): Promise<number> {
  for (let port = firstPort; ; port++) {
    try {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
      const address = server.address()
      return typeof address === 'object' && address ? address.port : port
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      if (!isTaken) throw error
      if (port - firstPort >= MORE_PORTS)
        throw new Error(`Ports ${firstPort} to ${port} are taken. Choose another with --port.`)
    }
  }
}
