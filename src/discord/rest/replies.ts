import { REST } from 'discord.js'
import { MINUTE } from '../../core/time/units.ts'
import { sendRequest } from './rate-limit-headers.ts'
import { waitsTooLong } from './rate-limits.ts'

/**
 * Sends a reply for discord.js. A limit that is marked as global is applied to that reply alone: otherwise it would stop
 * all replies in all guilds.
 */
const sendReply: typeof sendRequest = async (url, init) => {
  const response = await sendRequest(url, init)
  response.headers.delete('x-ratelimit-global')
  return response
}

/**
 * The REST client that replies to interactions. Discord does not count replies towards the bot's global limit, so they
 * do not wait for it, nor for other requests. They need no token except the interaction's own.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#endpoints
 * @param api REST base without a version, such as `https://discord.com/api`
 */
export function createReplies(api: string): REST {
  return new REST({
    api,
    makeRequest: sendReply,
    // The responder decides what is repeated, since it knows what was sent before.
    retries: 0,
    globalRequestsPerSecond: Number.POSITIVE_INFINITY,
    rejectOnRateLimit: waitsTooLong,
    // Every reply has a queue of its own, by the token of its interaction, which is not used again after 15 minutes.
    handlerSweepInterval: 15 * MINUTE,
  })
}
