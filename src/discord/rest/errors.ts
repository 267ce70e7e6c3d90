import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js'

const {
  InteractionHasAlreadyBeenAcknowledged,
  InvalidWebhookToken,
  MissingAccess,
  MissingPermissions,
  UnknownGuild,
  UnknownInteraction,
  UnknownMessage,
  UnknownWebhook,
} = RESTJSONErrorCodes

/**
 * What Discord says where the bot lacks a permission or an intent. The status alone does not tell: Cloudflare answers
 * 403 too, with a page of its own or the code 40333.
 * https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
 */
const PERMISSION: readonly unknown[] = [MissingAccess, MissingPermissions]

/**
 * What Discord says where an interaction cannot be answered any more: it came too late, was answered elsewhere, its
 * token has run out, or the message to change was deleted.
 * https://docs.discord.com/developers/interactions/receiving-and-responding
 */
const OVER: readonly unknown[] = [
  UnknownInteraction,
  InteractionHasAlreadyBeenAcknowledged,
  UnknownWebhook,
  InvalidWebhookToken,
  UnknownMessage,
]

/** Whether Discord refused something because the bot lacks a permission or an intent. */
export function lacksPermission(error: unknown): boolean {
  return error instanceof DiscordAPIError && PERMISSION.includes(error.code)
}

/** Whether a request was turned away for another reason, as Cloudflare does. It counts towards a ban nonetheless. */
export function isTurnedAway(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 403 && !lacksPermission(error)
}

/** Whether Discord refused the bot's token. */
export function isUnauthorized(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 401
}

/** Whether Discord knows no guild of this id that the bot is in. */
export function isUnknownGuild(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === UnknownGuild
}

/** Whether Discord knows no such message, as when it was deleted. */
export function isUnknownMessage(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === UnknownMessage
}

/** Whether Discord says that an interaction has been answered already. */
export function isAnswered(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === InteractionHasAlreadyBeenAcknowledged
}

/** Whether a reply came to nothing because its interaction cannot be answered any more. */
export function isInteractionOver(error: unknown): boolean {
  return error instanceof DiscordAPIError && OVER.includes(error.code)
}
