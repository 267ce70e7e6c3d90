import { RESTJSONErrorCodes } from 'discord-api-types/v10'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** An error response, in Discord's words. https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
export class ApiError extends Error {
  readonly status: ContentfulStatusCode
  readonly code: number
  readonly errors: object | undefined

  constructor(status: ContentfulStatusCode, code: number, message: string, errors?: object) {
    super(message)
    this.status = status
    this.code = code
    this.errors = errors
  }

  body(): object {
    return { message: this.message, code: this.code, ...(this.errors && { errors: this.errors }) }
  }
}

export const unauthorized = () => new ApiError(401, 0, '401: Unauthorized')
export const notFound = () => new ApiError(404, 0, '404: Not Found')
export const missingAccess = () => new ApiError(403, RESTJSONErrorCodes.MissingAccess, 'Missing Access')
export const missingPermissions = () =>
  new ApiError(403, RESTJSONErrorCodes.MissingPermissions, 'Missing Permissions')
export const unknown = {
  guild: () => new ApiError(404, RESTJSONErrorCodes.UnknownGuild, 'Unknown Guild'),
  channel: () => new ApiError(404, RESTJSONErrorCodes.UnknownChannel, 'Unknown Channel'),
  user: () => new ApiError(404, RESTJSONErrorCodes.UnknownUser, 'Unknown User'),
  message: () => new ApiError(404, RESTJSONErrorCodes.UnknownMessage, 'Unknown Message'),
  member: () => new ApiError(404, RESTJSONErrorCodes.UnknownMember, 'Unknown Member'),
  webhook: () => new ApiError(404, RESTJSONErrorCodes.UnknownWebhook, 'Unknown Webhook'),
  interaction: () => new ApiError(404, RESTJSONErrorCodes.UnknownInteraction, 'Unknown interaction'),
  command: () =>
    new ApiError(404, RESTJSONErrorCodes.UnknownApplicationCommand, 'Unknown application command'),
  application: () => new ApiError(404, RESTJSONErrorCodes.UnknownApplication, 'Unknown Application'),
}
export const alreadyAcknowledged = () =>
  new ApiError(
    400,
    RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
    'Interaction has already been acknowledged.',
  )
export const emptyMessage = () =>
  new ApiError(400, RESTJSONErrorCodes.CannotSendAnEmptyMessage, 'Cannot send an empty message')

/** Errors of messages that a bot may not send or change, whatever is in them. */
export const notHere = {
  author: () =>
    new ApiError(
      403,
      RESTJSONErrorCodes.CannotEditMessageAuthoredByAnotherUser,
      'Cannot edit a message authored by another user',
    ),
  user: () =>
    new ApiError(403, RESTJSONErrorCodes.CannotSendMessagesToThisUser, 'Cannot send messages to this user'),
  channelType: () =>
    new ApiError(
      400,
      RESTJSONErrorCodes.CannotSendMessagesInNonTextChannel,
      'Cannot send messages in a non-text channel',
    ),
  archived: () => new ApiError(400, RESTJSONErrorCodes.InvalidActionOnArchivedThread, 'Thread is archived'),
  locked: () => new ApiError(403, RESTJSONErrorCodes.ThreadLocked, 'Thread is locked'),
}

export const tooManyCommands = (most: number) =>
  new ApiError(
    400,
    RESTJSONErrorCodes.MaximumNumberOfApplicationCommandsReached,
    `Maximum number of application commands reached (${most})`,
  )
export const tooManyAttachments = () =>
  new ApiError(
    400,
    RESTJSONErrorCodes.MaximumNumberOfAttachmentsInAMessageReached,
    'Maximum number of attachments in a message reached (10)',
  )
export const tooLarge = () =>
  new ApiError(413, RESTJSONErrorCodes.RequestEntityTooLarge, 'Request entity too large')
