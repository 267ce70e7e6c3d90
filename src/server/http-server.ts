import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { codeOf, messageOf, OperatorError } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import { SECOND } from '../core/time/units.ts'

// With an import, Node would load its own undici beside that of discord.js, whose uploads would then hang: 16 MB.
const { createServer } = process.getBuiltinModule('node:http')

/** A response in plain text. */
export interface Page {
  readonly status: number
  readonly text: string
  /** `text/plain; charset=utf-8` by default. */
  readonly contentType?: string
}

/** The pages, by path. */
export type Pages = Readonly<Record<string, () => Page | Promise<Page>>>

/** How long a client may take to send a request, to take a response, or to send another, in milliseconds. */
const TIMEOUT = 5 * SECOND

/** How many bytes the headers of a request may have. */
const MOST_HEADERS = 8192

/** How many clients may be connected. Another takes the place of the one that has been connected longest. */
const MOST_CLIENTS = 100

/** The defaults of these are above. */
interface Limits {
  /** In milliseconds. */
  readonly timeout?: number
  readonly clients?: number
}

const PLAIN = 'text/plain; charset=utf-8'

export interface HttpServer {
  /** Such as `http://127.0.0.1:9464`. */
  readonly url: string
  /** Ends every connection at once. */
  close(): void
}

/**
 * Serves pages to GET and HEAD requests. No client can keep it from the others, or the process from stopping.
 * @throws OperatorError when nothing can listen there
 */
export async function serve(
  { host, port }: { readonly host: string; readonly port: number },
  pages: Pages,
  log: Log,
  { timeout = TIMEOUT, clients = MOST_CLIENTS }: Limits = {},
): Promise<HttpServer> {
  const server = createServer(
    {
      maxHeaderSize: MOST_HEADERS,
      headersTimeout: timeout,
      requestTimeout: timeout,
      keepAliveTimeout: timeout,
      connectionsCheckingInterval: timeout,
    },
    (request, response) => void answer(pages, request, response, log),
  )
  server.setTimeout(timeout)
  limitClients(server, clients)
  await listening(server, host, port)
  return {
    url: urlOf(server.address()),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function answer(
  pages: Pages,
  request: IncomingMessage,
  response: ServerResponse,
  log: Log,
): Promise<void> {
  try {
    send(request, response, await pageFor(pages, request))
  } catch (error) {
    log.error({ err: error }, 'Answering an HTTP request failed.')
    send(request, response, { status: 500, text: 'Custos could not answer. Its log says why.' })
  }
}

async function pageFor(pages: Pages, { method, url = '' }: IncomingMessage): Promise<Page> {
  const [path = ''] = url.split('?')
  const page = Object.hasOwn(pages, path) ? pages[path] : undefined
  if (!page) return { status: 404, text: `There are ${Object.keys(pages).join(', ')}.` }
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, text: 'Only GET and HEAD.' }
  return page()
}

function send(
  { method }: IncomingMessage,
  response: ServerResponse,
  { status, text, contentType = PLAIN }: Page,
): void {
  if (response.destroyed || response.headersSent) return
  const body = text.endsWith('\n') ? text : `${text}\n`
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...(status === 405 && { allow: 'GET, HEAD' }),
    // What a client sends beside its request is never read.
    ...(method !== 'GET' && method !== 'HEAD' && { connection: 'close' }),
  })
  response.end(body)
}

/** So that clients who connect and then do nothing keep no other from connecting. */
function limitClients(server: Server, most: number): void {
  const clients = new Set<Socket>()
  server.on('connection', (socket) => {
    clients.add(socket)
    socket.once('close', () => clients.delete(socket))
    const [oldest] = clients
    if (clients.size > most) oldest?.destroy()
  })
}

function listening(server: Server, host: string, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const fail = (error: Error) => reject(cannotListen(`${host}:${port}`, error))
  server.once('error', fail)
  server.listen({ host, port }, () => {
    server.off('error', fail)
    resolve()
  })
  return promise
}

/** Why nothing can listen, by Node's code. */
const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program uses it. Stop that, or set another port',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'the system does not allow it. Ports below 1024 are often reserved; set a higher one',
  ENOTFOUND: 'there is no host of this name',
}

function cannotListen(address: string, error: Error): OperatorError {
  const reason = REASONS[codeOf(error) ?? ''] ?? messageOf(error)
  return new OperatorError(`Custos cannot serve health and metrics at HTTP_ADDRESS, ${address}: ${reason}.`)
}

function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') return String(address)
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return `http://${host}:${address.port}`
}
