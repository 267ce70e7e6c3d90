import { REST } from 'discord.js'
import { waitsTooLong } from './rate-limits.ts'
import { sendRequest } from './told-waits.ts'

/**
 * Sends a reply for discord.js. It is bound by no global limit, so that a limit called global holds up nothing but what
 * it was answered to: otherwise one such answer would keep every server from hearing anything.
 */
const sendReply: typeof sendRequest = async (url, init) => {
  const answer = await sendRequest(url, init)
  answer.headers.delete('x-ratelimit-global')
  return answer
}

/**
 * What interactions are answered through. Discord does not count their answers among what a bot asks, so they do not
 * wait behind it either: neither for the global limit nor for what else is under way. They need no token but their own.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#endpoints
 * @param api REST base without a version, such as `https://discord.com/api`
 */
export function createReplies(api: string): REST {
  return new REST({
    api,
    makeRequest: sendReply,
    // What is sent again, and how often, is for the responder to say: it knows what was said before.
    retries: 0,
    globalRequestsPerSecond: Number.POSITIVE_INFINITY,
    rejectOnRateLimit: waitsTooLong,
  })
}
