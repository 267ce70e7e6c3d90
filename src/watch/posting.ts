import type { Snowflake } from '../core/snowflake.ts'
import type { DeliveryResult, FoundMessage } from '../core/watch/delivery-result.ts'
import type { Obstacle } from '../core/watch/watch.ts'
import type { ChannelMessage } from '../view/channel-message.ts'

/** Where a message is posted. */
export interface PostedIn {
  readonly guildId: Snowflake
  readonly channelId: Snowflake
}

/** Posts in channels. `src/discord` implements it. */
export interface Posting {
  /**
   * Sends a message. Sent again with the same nonce within `NONCE_LIFETIME`, it gives the message that is there.
   * @param nonce at most 25 characters
   */
  send(where: PostedIn, message: ChannelMessage, nonce: string): Promise<DeliveryResult>
  edit(where: PostedIn, messageId: Snowflake, message: ChannelMessage): Promise<DeliveryResult>
  /** How many edits wait for their turn, in all channels. */
  editsWaiting(): number
  /**
   * Looks for a message that Custos sent after a moment, in milliseconds since the Unix epoch.
   * @param marker a custom id that only this message has
   */
  find(where: PostedIn, after: number, marker: string): Promise<FoundMessage>
  /** What keeps Custos from posting there, or from posting files; undefined if nothing does; `unknown` if Discord did not say. */
  obstacleIn(where: PostedIn & { readonly hasFiles?: boolean }): Promise<Obstacle | undefined | 'unknown'>
  /** Sends a member a direct message, if they accept any. */
  tell(userId: Snowflake, message: ChannelMessage): Promise<void>
}
