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
