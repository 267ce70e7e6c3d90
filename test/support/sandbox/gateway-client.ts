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

/** A payload from the gateway. */
export type Payload = z.infer<typeof payload>

/** A connection to the gateway that the test controls. */
export class GatewayClient {
  /** Resolves when the connection is closed. */
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

  /** Closes the connection with a code, as a bot does. */
  close(code: number): void {
    this.#socket.close(code)
  }

  /** Resolves with the next payload. */
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

  /** All payloads received since the last call. Discord sends in order, so the response to a heartbeat comes last. */
  async received(): Promise<Payload[]> {
    this.send(Op.Heartbeat, null)
    const payloads: Payload[] = []
    for (;;) {
      const received = await this.next()
      if (received.op === Op.HeartbeatAck) return payloads
      payloads.push(received)
    }
  }

  /** Identifies, and resolves with the payloads that Discord sends in response. */
  async identify(identity: object): Promise<Payload[]> {
    this.send(Op.Identify, { properties: { os: 'linux', browser: 'test', device: 'test' }, ...identity })
    return await this.received()
  }
}

/** The id of the session in READY. */
export function sessionIn(payloads: readonly Payload[]): string {
  const ready = payloads.find(({ t }) => t === 'READY')
  return z.object({ session_id: z.string() }).parse(ready?.d).session_id
}

/** The names of the events, in order. */
export function eventsIn(payloads: readonly Payload[]): (string | null)[] {
  return payloads.map(({ t }) => t)
}
