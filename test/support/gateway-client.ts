import { once } from 'node:events'
import { GatewayOpcodes as Op } from 'discord-api-types/v10'
import { WebSocket } from 'ws'
import { z } from 'zod'

const payload = z.object({
  op: z.number(),
  d: z.unknown(),
  s: z.number().nullable(),
  t: z.string().nullable(),
})

/** What Discord says on a connection. */
export type Payload = z.infer<typeof payload>

/** A connection to the gateway, held by hand. */
export class GatewayClient {
  /** Resolves when Discord, or a broken line, ends the connection. */
  readonly closed: Promise<{ code: number; reason: string }>
  readonly #socket: WebSocket
  readonly #received: Payload[] = []
  #wake = () => {}

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data) => {
      this.#received.push(payload.parse(JSON.parse(data.toString())))
      this.#wake()
    })
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        resolve({ code, reason: reason.toString() })
        this.#wake()
      })
    })
  }

  static async connect(url: string): Promise<GatewayClient> {
    const socket = new WebSocket(`${url}/?v=10&encoding=json`)
    const client = new GatewayClient(socket)
    await once(socket, 'open')
    return client
  }

  send(op: number, d: unknown): void {
    this.sendText(JSON.stringify({ op, d }))
  }

  sendText(text: string): void {
    this.#socket.send(text)
  }

  /** Ends the connection with a code, as a bot does. */
  close(code: number): void {
    this.#socket.close(code)
  }

  /** The next thing that Discord says. */
  async next(): Promise<Payload> {
    for (;;) {
      const received = this.#received.shift()
      if (received) return received
      if (this.#socket.readyState === WebSocket.CLOSED) throw new Error('Discord has closed the connection.')
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /** All that Discord has said until now. It speaks in order, so that an answered heartbeat ends it. */
  async heard(): Promise<Payload[]> {
    this.send(Op.Heartbeat, null)
    const heard: Payload[] = []
    for (;;) {
      const received = await this.next()
      if (received.op === Op.HeartbeatAck) return heard
      heard.push(received)
    }
  }

  /** Identifies, and gives what Discord says to that. */
  async identify(identity: object): Promise<Payload[]> {
    this.send(Op.Identify, { properties: { os: 'linux', browser: 'test', device: 'test' }, ...identity })
    return await this.heard()
  }
}

/** The id of the session that a READY has begun. */
export function sessionIn(heard: readonly Payload[]): string {
  const ready = heard.find(({ t }) => t === 'READY')
  return z.object({ session_id: z.string() }).parse(ready?.d).session_id
}

/** The names of the events among what was heard, in order. */
export function eventsIn(heard: readonly Payload[]): (string | null)[] {
  return heard.map(({ t }) => t)
}
