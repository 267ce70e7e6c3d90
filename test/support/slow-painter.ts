import { inspect } from 'node:util'
import type { Snowflake } from '../../src/core/snowflake.ts'
import type { BotContext } from '../../src/discord/interactions/bot-context.ts'

interface RequestedChart extends PromiseWithResolvers<Uint8Array> {
  readonly guildId: Snowflake
  /** Aborts when nobody waits for it any more. */
  readonly signal: AbortSignal
}

/** A painter that draws a chart when the test says so. Like the real one, it rejects those that nobody waits for. */
export class SlowPainter {
  readonly requested: RequestedChart[] = []

  readonly paint: BotContext['painter']['paint'] = (_, { guildId, signal }) => {
    const drawn = Promise.withResolvers<Uint8Array>()
    signal.addEventListener('abort', () => drawn.reject(signal.reason))
    this.requested.push({ guildId, signal, ...drawn })
    return drawn.promise
  }

  readonly close = async (): Promise<void> => {}

  /** The chart that was requested at this position. */
  chart(index: number): RequestedChart {
    const chart = this.requested[index]
    if (!chart) throw new Error(`There is no chart ${index} among ${inspect(this.requested)}.`)
    return chart
  }
}
