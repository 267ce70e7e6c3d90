import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js'

/** Whether Discord refused something because the bot may not have it, now or at all. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof DiscordAPIError)) return false
  const { MissingAccess, MissingPermissions } = RESTJSONErrorCodes
  return error.status === 403 || error.code === MissingAccess || error.code === MissingPermissions
}

/** Whether Discord refused the bot's token. */
export function isUnauthorized(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 401
}
