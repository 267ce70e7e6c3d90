import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { ActivityChart } from '../core/query/activity-chart.ts'
import type { Order } from './worker.ts'

/** What comes back for an order. */
type Done = { readonly id: number } & ({ readonly png: Uint8Array } | { readonly failure: string })

interface Waiting {
  readonly resolve: (png: Uint8Array) => void
  readonly reject: (error: Error) => void
}

/** A worker thread that draws. */
export class ChartWorker {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0
  #failure: Error | undefined

  constructor() {
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      execArgv: [],
      // The machine's fonts play no part, so nothing is won by searching for them.
      env: { DISABLE_SYSTEM_FONTS_LOAD: '1' },
    })
    this.#worker.on('message', (done: Done) => this.#settle(done))
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))))
    this.#worker.on('exit', () => this.#fail(new Error('The thread that draws charts has ended.')))
  }

  /** Whether the thread has ended, so that nothing will be drawn any more. */
  get broken(): boolean {
    return this.#failure !== undefined
  }

  paint(chart: ActivityChart): Promise<Uint8Array> {
    if (this.#failure) return Promise.reject(this.#failure)
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
    const order: Order = { id: ++this.#lastId, chart }
    this.#worker.postMessage(order)
    this.#waiting.set(order.id, { resolve, reject })
    return promise
  }

  /** Draws what was asked for before and ends the thread. */
  async close(): Promise<void> {
    if (this.#failure) return
    const ended = once(this.#worker, 'exit')
    this.#worker.postMessage('close')
    await ended
  }

  #settle(done: Done): void {
    const waiting = this.#waiting.get(done.id)
    this.#waiting.delete(done.id)
    if ('failure' in done) waiting?.reject(new Error(done.failure))
    else waiting?.resolve(done.png)
  }

  #fail(error: Error): void {
    this.#failure ??= error
    for (const { reject } of this.#waiting.values()) reject(this.#failure)
    this.#waiting.clear()
  }
}
