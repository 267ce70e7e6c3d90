import { setTimeout as sleep } from 'node:timers/promises'
import { liveRaid } from '../town/live-raid.ts'
import { Random } from '../town/random.ts'
import type { Playground } from './playground.ts'

/** Has raids happen while the page is watched. */
export class Raid {
  readonly #playground: Playground
  readonly #random = new Random(23)
  #stopping: AbortController | undefined

  constructor(playground: Playground) {
    this.#playground = playground
  }

  get isRunning(): boolean {
    return this.#stopping !== undefined
  }

  /** Begins a raid, which goes on by itself. Does nothing during one. */
  begin(): void {
    if (!this.#stopping) void this.#run()
  }

  /** Ends a raid before its time. */
  stop(): void {
    this.#stopping?.abort()
  }

  async #run(): Promise<void> {
    const { town, raidPace } = this.#playground
    const stopping = new AbortController()
    this.#stopping = stopping
    let passed = 0
    for (const { at, run } of liveRaid(town, this.#random)) {
      await sleep((at - passed) * raidPace, undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) break
      passed = at
      run()
    }
    this.#stopping = undefined
  }
}
