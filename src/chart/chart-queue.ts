import { FairQueue } from '../core/fair-queue.ts'
import type { ActivityChart } from '../core/query/activity-chart.ts'
import type { Snowflake } from '../core/snowflake.ts'

/** Whose chart it is, and until when somebody waits for it. */
export interface ChartTurn {
  /** The charts without a guild take turns like those of one guild. */
  readonly guildId?: Snowflake
  /** Aborts when nobody waits for the chart any more. */
  readonly signal?: AbortSignal
}

interface WaitingChart {
  readonly chart: ActivityChart
  readonly signal: AbortSignal | undefined
  readonly drawn: PromiseWithResolvers<Uint8Array>
}

/** Has charts drawn one after another. The guilds take turns, and charts that nobody waits for are left out. */
export class ChartQueue {
  readonly #drawChart: (chart: ActivityChart) => Promise<Uint8Array>
  readonly #waiting = new FairQueue<Snowflake | undefined, WaitingChart>()
  #drawing: Promise<void> | undefined

  constructor(drawChart: (chart: ActivityChart) => Promise<Uint8Array>) {
    this.#drawChart = drawChart
  }

  /** @throws the signal's reason once it aborts */
  async draw(chart: ActivityChart, { guildId, signal }: ChartTurn): Promise<Uint8Array> {
    signal?.throwIfAborted()
    const drawn = Promise.withResolvers<Uint8Array>()
    const leave = () => drawn.reject(signal?.reason)
    signal?.addEventListener('abort', leave)
    this.#waiting.add(guildId, { chart, signal, drawn })
    this.#drawing ??= this.#drawAll()
    try {
      return await drawn.promise
    } finally {
      signal?.removeEventListener('abort', leave)
    }
  }

  /** Resolves when no chart is being drawn or waits. */
  async settled(): Promise<void> {
    await this.#drawing
  }

  /** The first chart has not been given up, so this awaits before it ends, and `#drawing` is set by then. */
  async #drawAll(): Promise<void> {
    for (let next = this.#waiting.take(); next; next = this.#waiting.take()) {
      const { chart, signal, drawn } = next
      if (!signal?.aborted) await this.#drawChart(chart).then(drawn.resolve, drawn.reject)
    }
    this.#drawing = undefined
  }
}
