import { RESTJSONErrorCodes } from 'discord-api-types/v10'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** An answer that says what went wrong, as Discord words it. */
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

/** Where in a body a fault is. */
export type Path = readonly (string | number)[]

interface FormError {
  readonly path: Path
  readonly code: string
  readonly message: string
}

/**
 * Gathers what is wrong with a body, each with the path to it.
 * https://docs.discord.com/developers/reference#error-messages
 */
export class FormErrors {
  readonly #faults: FormError[] = []

  add(path: Path, code: string, message: string): void {
    this.#faults.push({ path, code, message })
  }

  required(path: Path): void {
    this.add(path, 'BASE_TYPE_REQUIRED', 'This field is required')
  }

  choices(path: Path, allowed: readonly unknown[]): void {
    this.add(path, 'BASE_TYPE_CHOICES', `Value must be one of {${allowed.join(', ')}}.`)
  }

  /** Checks the length of a text or a list. */
  length(path: Path, value: { readonly length: number }, least: number, most: number): void {
    if (value.length >= least && value.length <= most) return
    if (least === 0) this.add(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`)
    else this.add(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`)
  }

  range(path: Path, value: number, least: number, most: number): void {
    if (value < least)
      this.add(path, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${least}.`)
    if (value > most) this.add(path, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${most}.`)
  }

  /** @throws ApiError 50035 with all faults, when there are any */
  check(): void {
    if (this.#faults.length === 0) return
    const errors: Nested = {}
    // What is wrong with the whole is said only when its parts are right: no node has both.
    const update = this.#faults.filter((fault) => !this.#faults.some((other) => isWithin(fault, other)))
    for (const { path, code, message } of update) {
      const node = path.reduce<Nested>((parent, key) => {
        const child = parent[String(key)]
        const next: Nested = isNested(child) ? child : {}
        parent[String(key)] = next
        return next
      }, errors)
      const before = Array.isArray(node._errors) ? node._errors : []
      node._errors = [...before, { code, message }]
    }
    throw new ApiError(400, RESTJSONErrorCodes.InvalidFormBodyOrContentType, 'Invalid Form Body', errors)
  }
}

function isWithin({ path }: FormError, inner: FormError): boolean {
  return inner.path.length > path.length && path.every((key, index) => key === inner.path[index])
}

type Nested = { [key: string]: Nested | object[] }

function isNested(value: unknown): value is Nested {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
