import type { Snowflake } from '../../src/core/snowflake.ts'
import { firstIdAt } from '../../src/core/snowflake.ts'
import type { DeliveryResult, FoundMessage } from '../../src/core/watch/delivery-result.ts'
import type { Obstacle } from '../../src/core/watch/watch.ts'
import type { ChannelMessage } from '../../src/view/channel-message.ts'
import type { PostedIn, Posting } from '../../src/watch/posting.ts'
import type { ManualClock } from './manual-clock.ts'

/** A message as it was posted last. */
interface PostedMessage {
  readonly channelId: Snowflake
  readonly nonce: string
  message: ChannelMessage
}

/** Channels in memory, which accept everything unless a test says what happens next. */
export class FakePosting implements Posting {
  readonly #clock: ManualClock
  /** By id, in the order in which they were posted. */
  readonly messages = new Map<Snowflake, PostedMessage>()
  /** Everything that was requested: `send`, `edit`, `find`, `tell`. */
  readonly requests: string[] = []
  /** Whom Custos has written to. */
  readonly told: { readonly userId: Snowflake; readonly message: ChannelMessage }[] = []
  /** What comes of the next requests, in place of what usually does. A message whose answer is lost is there. */
  next: (DeliveryResult | 'lost')[] = []
  /** Responses wait for it. */
  slow: Promise<void> | undefined
  /** Direct messages wait for it. */
  slowTell: Promise<void> | undefined
  /** How many edits wait for their turn. */
  waitingEdits = 0
  /** What looking for a message gives; by default what is true. */
  found: FoundMessage | undefined

  constructor(clock: ManualClock) {
    this.#clock = clock
  }

  /** The titles of what was posted. */
  get titles(): string[] {
    return [...this.messages.values()].map(({ message }) => message.embeds[0]?.title ?? '')
  }

  async send(where: PostedIn, message: ChannelMessage, nonce: string): Promise<DeliveryResult> {
    this.requests.push('send')
    const next = this.next.shift()
    if (next !== undefined && next !== 'lost') return next
    const known = [...this.messages].find(([, posted]) => posted.nonce === nonce)
    const messageId = known?.[0] ?? String(BigInt(firstIdAt(this.#clock.now())) + BigInt(this.messages.size))
    if (!known) this.messages.set(messageId, { channelId: where.channelId, nonce, message })
    await this.slow
    return next === 'lost' ? { type: 'unknown' } : { type: 'sent', messageId }
  }

  async edit(_where: PostedIn, messageId: Snowflake, message: ChannelMessage): Promise<DeliveryResult> {
    this.requests.push('edit')
    const next = this.next.shift()
    if (next !== undefined && next !== 'lost') return next
    const posted = this.messages.get(messageId)
    if (!posted) return { type: 'deleted' }
    posted.message = message
    return next === 'lost' ? { type: 'unknown' } : { type: 'sent', messageId }
  }

  editsWaiting(): number {
    return this.waitingEdits
  }

  async find(_where: PostedIn, _after: number, marker: string): Promise<FoundMessage> {
    this.requests.push('find')
    if (this.found) return this.found
    const found = [...this.messages].find(([, { message }]) => JSON.stringify(message).includes(marker))
    return found ? { type: 'found', messageId: found[0] } : { type: 'absent' }
  }

  async obstacleIn(): Promise<Obstacle | undefined> {
    return undefined
  }

  async tell(userId: Snowflake, message: ChannelMessage): Promise<void> {
    this.requests.push('tell')
    await this.slowTell
    this.told.push({ userId, message })
  }
}
