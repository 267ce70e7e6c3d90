import { RESTJSONErrorCodes as Code, DiscordAPIError } from 'discord.js'
import { isRejected } from '../errors.ts'

/** The codes for a channel in which nobody can post, or only those with more permissions. */
const CLOSED: readonly unknown[] = [
  Code.CannotSendMessagesInNonTextChannel,
  Code.InvalidActionOnArchivedThread,
  Code.ThreadLocked,
]

/** Whether Discord refused a message because of where it was posted, whatever is in it. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof DiscordAPIError) || !isRejected(error)) return false
  return error.status === 403 || error.status === 404 || CLOSED.includes(error.code)
}
