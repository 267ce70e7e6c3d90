import { DiscordAPIError, HTTPError, RESTJSONErrorCodes } from 'discord.js'
import { codeOf } from '../../core/errors.ts'

const {
  InteractionHasAlreadyBeenAcknowledged,
  InvalidWebhookToken,
  MissingAccess,
  MissingPermissions,
  UnknownGuild,
  UnknownInteraction,
  UnknownMember,
  UnknownMessage,
  UnknownUser,
  UnknownWebhook,
} = RESTJSONErrorCodes

/**
 * The codes for a missing permission or intent. The status is not enough: Cloudflare answers 403, too, with a page of
 * its own or the code 40333.
 * https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
 */
const FORBIDDEN: readonly unknown[] = [MissingAccess, MissingPermissions]

/**
 * The codes for an interaction that can no longer be answered: it was answered too late or by someone else, its token has
 * expired, or the message to edit was deleted.
 * https://docs.discord.com/developers/interactions/receiving-and-responding
 */
const EXPIRED: readonly unknown[] = [
  UnknownInteraction,
  InteractionHasAlreadyBeenAcknowledged,
  UnknownWebhook,
  InvalidWebhookToken,
  UnknownMessage,
]

/** A code that Cloudflare answers with. https://github.com/discord/discord-api-docs/issues/6473 */
const INTERNAL_NETWORK_ERROR = 40_333

/** Whether Discord rejected a request with a code. */
export function hasCode(error: unknown, code: RESTJSONErrorCodes): boolean {
  return error instanceof DiscordAPIError && error.code === code
}

/** Whether the bot lacks a permission or an intent. */
export function isForbidden(error: unknown): boolean {
  return error instanceof DiscordAPIError && FORBIDDEN.includes(error.code)
}

/** Whether a request was blocked for another reason, as Cloudflare does. It counts towards a temporary ban, too. */
export function isBlocked(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 403 && !isForbidden(error)
}

/** Whether Discord does not accept the bot's token. */
export function isUnauthorized(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 401
}

/**
 * Whether Discord rejected a request with a code that says why, so that repeating it does not help. A 401 has no such code.
 * https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
 */
export function isRejected(error: unknown): boolean {
  if (!(error instanceof DiscordAPIError) || error.status >= 500) return false
  return typeof error.code === 'number' && error.code !== 0 && error.code !== INTERNAL_NETWORK_ERROR
}

/** Whether a request failed because of Discord or the connection, and may succeed if it is repeated. */
export function isTransient(error: unknown): boolean {
  if (error instanceof HTTPError) return true
  // A request that times out is aborted. A broken connection has a code such as ECONNRESET.
  return error instanceof Error && (error.name === 'AbortError' || codeOf(error) !== undefined)
}

/** Whether the guild does not exist, or the bot is not in it. */
export function isUnknownGuild(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === UnknownGuild
}

/** Whether the user does not exist, or is not in the guild. */
export function isUnknownMember(error: unknown): boolean {
  return error instanceof DiscordAPIError && (error.code === UnknownMember || error.code === UnknownUser)
}

/** Whether the message does not exist, for example because it was deleted. */
export function isUnknownMessage(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === UnknownMessage
}

/** Whether the interaction was already answered. */
export function isAlreadyAcknowledged(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === InteractionHasAlreadyBeenAcknowledged
}

/** Whether the interaction can no longer be answered. */
export function isInteractionExpired(error: unknown): boolean {
  return error instanceof DiscordAPIError && EXPIRED.includes(error.code)
}
