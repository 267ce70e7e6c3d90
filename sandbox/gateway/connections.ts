import type { IncomingMessage } from 'node:http'
import type { WebSocket } from 'ws'
import type { Session } from './session.ts'

/** A shard on a connection, from the IDENTIFY or RESUME that was accepted until the connection closed. */
export interface ShardConnection {
  readonly type: 'identify' | 'resume'
  readonly botId: string
  readonly shard: number
  readonly shardCount: number
  readonly sessionId: string
  /** The host and port that the bot connected to: they distinguish processes that connect through proxies. */
  readonly host: string
  /** When it began, by `performance.now()`. */
  readonly from: number
  /** When it ended; undefined as long as it is open. */
  readonly until: number | undefined
}

interface Connection {
  readonly host: string
  readonly timeout: NodeJS.Timeout | undefined
  shard: { until: number | undefined } | undefined
}

/** The open connections. It closes those without heartbeats, and records which shard was on which, and when. */
export class Connections {
  /** How many there have been. */
  count = 0
  /** Which shards were connected, in the order in which they connected. */
  readonly record: ShardConnection[] = []
  readonly #open = new Map<WebSocket, Connection>()

  /** @param heartbeatTimeout how long it may send no heartbeat, in milliseconds */
  add(socket: WebSocket, { headers }: IncomingMessage, heartbeatTimeout: number): void {
    this.count++
    const timeout = Number.isFinite(heartbeatTimeout)
      ? setTimeout(() => socket.terminate(), heartbeatTimeout)
      : undefined
    this.#open.set(socket, { host: headers.host ?? '', timeout, shard: undefined })
  }

  /** The host and port that its client connected to. */
  hostOf(socket: WebSocket): string {
    return this.#open.get(socket)?.host ?? ''
  }

  heard(socket: WebSocket): void {
    this.#open.get(socket)?.timeout?.refresh()
  }

  /** Records that a session uses a connection from now on. */
  began(type: ShardConnection['type'], { id, identity }: Session, socket: WebSocket): void {
    const connection = this.#open.get(socket)
    if (!connection) return
    this.ended(socket)
    const [shard, shardCount] = identity.shard
    const began = {
      type,
      botId: identity.application.id,
      shard,
      shardCount,
      sessionId: id,
      host: connection.host,
      from: performance.now(),
      until: undefined,
    }
    connection.shard = began
    this.record.push(began)
  }

  /** Records that a connection has no session any more. */
  ended(socket: WebSocket): void {
    const shard = this.#open.get(socket)?.shard
    if (shard) shard.until ??= performance.now()
  }

  delete(socket: WebSocket): void {
    this.ended(socket)
    clearTimeout(this.#open.get(socket)?.timeout)
    this.#open.delete(socket)
  }
}
