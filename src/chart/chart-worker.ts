import type { ActivityChart } from '../core/query/activity-chart.ts'
import { WorkerClient } from '../worker/worker-client.ts'

/** A worker thread that draws charts. */
export class ChartWorker {
  readonly #client = new WorkerClient<ActivityChart, Uint8Array>(
    new URL('./worker.ts', import.meta.url),
    // The charts use their own fonts only, so searching the machine for others would be wasted time.
    { env: { DISABLE_SYSTEM_FONTS_LOAD: '1' } },
    (cause) => cause ?? new Error('The thread that draws charts has ended.'),
  )

  /** Whether the thread has ended and can draw nothing more. */
  get hasEnded(): boolean {
    return !this.#client.isAlive
  }

  /** @returns the chart as a PNG */
  paint(chart: ActivityChart): Promise<Uint8Array> {
    return this.#client.run(chart)
  }

  /** Finishes the charts that were requested and ends the thread. */
  async close(): Promise<void> {
    if (this.hasEnded) return
    this.#client.close()
    await this.#client.ended
  }
}
