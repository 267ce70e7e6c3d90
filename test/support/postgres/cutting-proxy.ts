import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A proxy in front of a PostgreSQL server, which can lose the answer to a commit. */
export interface CuttingProxy {
  /** The server's address through the proxy. */
  readonly url: string
  /** The next commit reaches the server and is done there, but the connection is cut instead of the answer. */
  cutNextCommit(): void
  /** How many answers to commits were lost. */
  readonly cuts: number
}

export async function cuttingProxy(serverUrl: string): Promise<CuttingProxy> {
  const server = new URL(serverUrl)
  let isDue = false
  let cuts = 0
  const sockets = new Set<Socket>()
  const proxy = createServer((client) => {
    const upstream = connect(Number(server.port), server.hostname)
    let isCutting = false
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.once('close', () => {
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', (bytes) => {
      // Statements without parameters are sent as text. https://www.postgresql.org/docs/current/protocol-message-formats.html
      if (isDue && bytes.includes('commit\0')) {
        isDue = false
        isCutting = true
      }
      upstream.write(bytes)
    })
    upstream.on('data', (bytes) => {
      if (!isCutting) {
        client.write(bytes)
        return
      }
      cuts++
      client.destroy()
    })
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    proxy.close()
  })
  const address = proxy.address()
  const url = new URL(serverUrl)
  // It has to see the statements.
  url.searchParams.set('sslmode', 'disable')
  if (address !== null && typeof address === 'object') url.port = String(address.port)
  return {
    url: url.href,
    cutNextCommit: () => {
      isDue = true
    },
    get cuts() {
      return cuts
    },
  }
}
