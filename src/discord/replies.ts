import { REST } from 'discord.js'
import { waitsTooLong } from './rate-limits.ts'
import { sendRequest } from './told-waits.ts'

/**
 * What interactions are answered through. Discord does not count their answers among what a bot asks, so they do not
 * wait behind it either: neither for the global limit nor for what else is under way. They need no token but their own.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#endpoints
 * @param api REST base without a version, such as `https://discord.com/api`
 */
export function createReplies(api: string): REST {
  return new REST({
    api,
    makeRequest: sendRequest,
    // What is sent again, and how often, is for the responder to say: it knows what was said before.
    retries: 0,
    globalRequestsPerSecond: Number.POSITIVE_INFINITY,
    rejectOnRateLimit: waitsTooLong,
  })
}
