import { RESTJSONErrorCodes } from 'discord-api-types/v10'
import type { Context } from 'hono'
import type { Message } from '../../world/message.ts'
import { timeOf } from '../../world/snowflakes.ts'
import { HOUR } from '../../world/units.ts'

/** How many edits of old messages a bot may make in a channel. Discord does not say how many; this is an assumption. */
const LIMIT = { edits: 3, within: 20_000 } as const

/**
 * Limits the edits of messages that are older than an hour, beside the limit of the route.
 * https://docs.discord.com/developers/topics/opcodes-and-status-codes#json (30046)
 */
export class OldEdits {
  /** The times of the last edits, by bot and channel. */
  readonly #edits = new Map<string, readonly number[]>()

  /** Counts an edit at a moment. @returns in how many milliseconds it is accepted; 0 if it is now */
  waitFor({ id, channelId, author }: Message, now: number): number {
    if (now - timeOf(id) <= HOUR) return 0
    const key = `${author.id} ${channelId}`
    const edits = (this.#edits.get(key) ?? []).filter((at) => now - at < LIMIT.within)
    const [first] = edits
    if (first !== undefined && edits.length >= LIMIT.edits) return first + LIMIT.within - now
    this.#edits.set(key, [...edits, now])
    return 0
  }
}

/** The answer to an edit that is not accepted yet. */
export function tooManyOldEdits(context: Context, wait: number) {
  const seconds = wait / 1000
  context.header('Retry-After', String(Math.ceil(seconds)))
  context.header('X-RateLimit-Scope', 'user')
  return context.json(
    {
      message: 'Maximum number of edits to messages older than 1 hour reached. Try again later',
      code: RESTJSONErrorCodes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached,
      retry_after: seconds,
      global: false,
    },
    429,
  )
}
