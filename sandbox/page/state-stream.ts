import type { SSEStreamingApi } from 'hono/streaming'
import type { StateUpdate } from './state/page-state.ts'

/** How long changes are gathered before they are told, in milliseconds. */
const GATHERED = 60

/** How far a reader's idea of the time may be off, in milliseconds. */
const TIME_OFF = 1000

interface Reader {
  readonly memberId: string
  readonly stream: SSEStreamingApi
  /** What was told last, by what it is about. */
  readonly told: Map<string, string>
  /** Discord's time less the computer's, as this reader knows it. */
  ahead: number
}

/** Keeps every open page up with what its member can see: whatever changed is told anew. */
export class StateStream {
  readonly #see: (memberId: string) => ReadonlyMap<string, StateUpdate>
  readonly #now: () => number
  readonly #readers = new Set<Reader>()
  #timer: NodeJS.Timeout | undefined

  /** @param see all that a member can see, by what it is about */
  constructor(see: (memberId: string) => ReadonlyMap<string, StateUpdate>, now: () => number) {
    this.#see = see
    this.#now = now
  }

  /** Serves a page until it is closed. */
  async serve(memberId: string, stream: SSEStreamingApi): Promise<void> {
    const reader: Reader = { memberId, stream, told: new Map(), ahead: Number.NaN }
    const closed = new Promise<void>((resolve) => stream.onAbort(resolve))
    this.#readers.add(reader)
    await this.#tell(reader)
    await closed
    this.#readers.delete(reader)
  }

  /** Something may have changed. */
  touch(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      for (const reader of this.#readers) void this.#tell(reader)
    }, GATHERED)
  }

  close(): void {
    clearTimeout(this.#timer)
    for (const { stream } of this.#readers) stream.abort()
  }

  async #tell(reader: Reader): Promise<void> {
    const ahead = this.#now() - Date.now()
    const news: StateUpdate[] = []
    if (!(Math.abs(ahead - reader.ahead) < TIME_OFF)) {
      reader.ahead = ahead
      news.push({ type: 'time', now: this.#now() })
    }
    const reply = this.#see(reader.memberId)
    for (const [key, update] of reply) {
      const written = JSON.stringify(update)
      if (reader.told.get(key) === written) continue
      reader.told.set(key, written)
      news.push(update)
    }
    for (const key of reader.told.keys()) {
      if (reply.has(key)) continue
      reader.told.delete(key)
      news.push({ type: 'gone', key })
    }
    if (news.length > 0) await reader.stream.writeSSE({ data: JSON.stringify(news) })
  }
}
