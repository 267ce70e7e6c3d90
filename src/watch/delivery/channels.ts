import type { Snowflake } from '../../core/snowflake.ts'

/** Makes the requests of each channel one after the other, and those of different channels at the same time. */
export class Channels {
  readonly #last = new Map<Snowflake, Promise<unknown>>()

  /** Makes a request when the earlier ones of the channel are over. @throws what the request throws */
  async run<Result>(channelId: Snowflake, request: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(channelId)
    const result = before === undefined ? request() : before.then(request)
    const over = result.catch(() => {})
    this.#last.set(channelId, over)
    try {
      return await result
    } finally {
      if (this.#last.get(channelId) === over) this.#last.delete(channelId)
    }
  }
}
