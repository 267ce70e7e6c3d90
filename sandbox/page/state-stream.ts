import type { SSEStreamingApi } from 'hono/streaming'
import type { StateUpdate } from './state/page-state.ts'

/** How long changes are collected before they are sent, in milliseconds. */
const DEBOUNCE = 60

/** How far a page's clock may differ from Discord's, in milliseconds. */
const CLOCK_TOLERANCE = 1000

/** An open page. */
interface Subscriber {
  readonly memberId: string
  readonly stream: SSEStreamingApi
  /** The last update sent for each key, as JSON. */
  readonly sent: Map<string, string>
  /** The difference between Discord's clock and the system's that was sent last, in milliseconds. */
  ahead: number
}

/** Streams to every open page what its member can see. Only changes are sent. */
export class StateStream {
  readonly #stateFor: (memberId: string) => ReadonlyMap<string, StateUpdate>
  readonly #now: () => number
  readonly #subscribers = new Set<Subscriber>()
  #timer: NodeJS.Timeout | undefined

  /** @param stateFor the whole state that a member can see, by key */
  constructor(stateFor: (memberId: string) => ReadonlyMap<string, StateUpdate>, now: () => number) {
    this.#stateFor = stateFor
    this.#now = now
  }

  /** Serves a page until it is closed. */
  async serve(memberId: string, stream: SSEStreamingApi): Promise<void> {
    const subscriber: Subscriber = { memberId, stream, sent: new Map(), ahead: Number.NaN }
    const closed = new Promise<void>((resolve) => stream.onAbort(resolve))
    this.#subscribers.add(subscriber)
    await this.#sendChanges(subscriber)
    await closed
    this.#subscribers.delete(subscriber)
  }

  /** Says that something may have changed. */
  refresh(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      for (const subscriber of this.#subscribers) void this.#sendChanges(subscriber)
    }, DEBOUNCE)
  }

  close(): void {
    clearTimeout(this.#timer)
    for (const { stream } of this.#subscribers) stream.abort()
  }

  async #sendChanges(subscriber: Subscriber): Promise<void> {
    const { sent, stream } = subscriber
    const updates: StateUpdate[] = []
    const ahead = this.#now() - Date.now()
    if (!(Math.abs(ahead - subscriber.ahead) < CLOCK_TOLERANCE)) {
      subscriber.ahead = ahead
      updates.push({ type: 'time', now: this.#now() })
    }
    const state = this.#stateFor(subscriber.memberId)
    for (const [key, update] of state) {
      const json = JSON.stringify(update)
      if (sent.get(key) === json) continue
      sent.set(key, json)
      updates.push(update)
    }
    for (const key of sent.keys()) {
      if (state.has(key)) continue
      sent.delete(key)
      updates.push({ type: 'removed', key })
    }
    if (updates.length > 0) await stream.writeSSE({ data: JSON.stringify(updates) })
  }
}
