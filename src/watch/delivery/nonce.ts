import type { Snowflake } from '../../core/snowflake.ts'
import type { Post } from '../../core/watch/post.ts'

/**
 * For how long Discord surely finds the message of a nonce, in milliseconds. The documentation says a few minutes.
 * https://docs.discord.com/developers/resources/message#create-message
 */
export const NONCE_LIFETIME = 60_000

/** The nonce of a post, of at most 25 characters: with it, Discord accepts the post once. */
export function nonceOf(guildId: Snowflake, { watch, number }: Pick<Post, 'watch' | 'number'>): string {
  return [BigInt(guildId), watch, number].map((part) => part.toString(36)).join('.')
}
