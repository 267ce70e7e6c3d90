import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ActivityChart } from '../core/query/activity-chart.ts'
import type { Drawn } from './draw-charts.ts'

/**
 * A process that draws charts. It loads about 100 MB of fonts and drawing code, which only the end of a process returns:
 * after the end of a thread they would stay.
 */
export class ChartProcess {
  readonly #child: ChildProcess
  readonly #ended: Promise<void>
  /** The charts that are not drawn yet, in the order in which they were requested and are drawn. */
  readonly #pending: PromiseWithResolvers<Uint8Array>[] = []
  #hasEnded = false

  /** @param priority of the process, as `os.setPriority` takes it */
  constructor(priority: number) {
    const file = fileURLToPath(new URL('./draw-charts.ts', import.meta.url))
    this.#child = fork(file, [String(priority)], {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // The charts use their own fonts only, so searching the machine for others would be wasted time.
      env: { DISABLE_SYSTEM_FONTS_LOAD: '1' },
    })
    const ended = Promise.withResolvers<void>()
    this.#ended = ended.promise
    this.#child.on('message', (drawn: Drawn) => this.#settle(drawn))
    const end = (why: string) => {
      this.#fail(new Error(`The process that draws charts has ended (${why}).`))
      ended.resolve()
    }
    this.#child.once('error', (error) => end(error.message))
    this.#child.once('exit', (code, signal) => end(String(signal ?? code)))
  }

  /** Whether it draws nothing more, because it was closed or has ended. */
  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** @returns the chart as a PNG */
  paint(chart: ActivityChart): Promise<Uint8Array> {
    const drawn = Promise.withResolvers<Uint8Array>()
    this.#pending.push(drawn)
    this.#child.send(chart, (error) => {
      if (error) this.#fail(error)
    })
    return drawn.promise
  }

  /** Finishes the charts that were requested and ends the process. */
  async close(): Promise<void> {
    this.#hasEnded = true
    await Promise.allSettled(this.#pending.map(({ promise }) => promise))
    if (this.#child.connected) this.#child.disconnect()
    await this.#ended
  }

  #settle(drawn: Drawn): void {
    const chart = this.#pending.shift()
    if (drawn.type === 'done') chart?.resolve(drawn.png)
    else chart?.reject(new Error(drawn.message))
  }

  #fail(error: Error): void {
    this.#hasEnded = true
    for (const { reject } of this.#pending.splice(0)) reject(error)
  }
}
