import { isDeepStrictEqual } from 'node:util'
import * as spec from 'discord-api-spec/zod'
import { z } from 'zod/mini'
import type { Discord } from '../../../sandbox/discord.ts'
import type { RestCall } from '../../../sandbox/rest/rest-call.ts'
import { isJsonObject } from '../../../sandbox/world/json.ts'

type Schema = z.ZodMiniType

interface Route {
  readonly method: string
  readonly path: RegExp
  readonly sends?: Schema
  readonly answers?: Schema
}

const callback = z.union([
  spec.ApplicationCommandAutocompleteCallbackRequestSchema,
  spec.CreateMessageInteractionCallbackRequestSchema,
  spec.ModalInteractionCallbackRequestSchema,
  spec.UpdateMessageInteractionCallbackRequestSchema,
])

/** The schema of Discord's published specification for each body. */
const ROUTES: readonly Route[] = [
  { method: 'GET', path: /^\/gateway$/, answers: spec.GatewayResponseSchema },
  { method: 'GET', path: /^\/gateway\/bot$/, answers: spec.GatewayBotResponseSchema },
  { method: 'GET', path: /^\/users\/@me$/, answers: spec.UserPIIResponseSchema },
  { method: 'GET', path: /\/commands$/, answers: z.array(spec.ApplicationCommandResponseSchema) },
  {
    method: 'PUT',
    path: /\/commands$/,
    sends: z.array(spec.ApplicationCommandUpdateRequestSchema),
    answers: z.array(spec.ApplicationCommandResponseSchema),
  },
  {
    method: 'POST',
    path: /\/commands$/,
    sends: spec.ApplicationCommandCreateRequestSchema,
    answers: spec.ApplicationCommandResponseSchema,
  },
  {
    method: 'GET',
    path: /\/commands\/permissions$/,
    answers: z.array(spec.CommandPermissionsResponseSchema),
  },
  { method: 'GET', path: /\/commands\/\d+$/, answers: spec.ApplicationCommandResponseSchema },
  {
    method: 'PATCH',
    path: /\/commands\/\d+$/,
    sends: spec.ApplicationCommandPatchRequestPartialSchema,
    answers: spec.ApplicationCommandResponseSchema,
  },
  { method: 'DELETE', path: /\/commands\/\d+$/ },
  {
    method: 'POST',
    path: /^\/interactions\/\d+\/[^/]+\/callback$/,
    sends: callback,
    answers: spec.InteractionCallbackResponseSchema,
  },
  {
    method: 'POST',
    path: /^\/webhooks\/\d+\/[^/]+$/,
    sends: spec.IncomingWebhookInteractionRequestSchema,
    answers: spec.MessageResponseSchema,
  },
  {
    method: 'GET',
    path: /^\/webhooks\/\d+\/[^/]+\/messages\/[^/]+$/,
    answers: spec.MessageResponseSchema,
  },
  {
    method: 'PATCH',
    path: /^\/webhooks\/\d+\/[^/]+\/messages\/[^/]+$/,
    sends: spec.IncomingWebhookUpdateRequestPartialSchema,
    answers: spec.MessageResponseSchema,
  },
  { method: 'DELETE', path: /^\/webhooks\/\d+\/[^/]+\/messages\/[^/]+$/ },
  { method: 'GET', path: /^\/guilds\/\d+$/, answers: spec.GuildWithCountsResponseSchema },
  { method: 'GET', path: /^\/guilds\/\d+\/channels$/, answers: z.array(spec.GuildChannelResponseSchema) },
  { method: 'GET', path: /^\/guilds\/\d+\/roles$/, answers: z.array(spec.GuildRoleResponseSchema) },
  {
    method: 'GET',
    path: /^\/guilds\/\d+\/roles\/member-counts$/,
    answers: z.record(z.string(), z.int()),
  },
  { method: 'GET', path: /^\/guilds\/\d+\/members$/, answers: z.array(spec.GuildMemberResponseSchema) },
  { method: 'GET', path: /^\/guilds\/\d+\/members\/\d+$/, answers: spec.GuildMemberResponseSchema },
  { method: 'GET', path: /^\/guilds\/\d+\/audit-logs$/, answers: spec.GuildAuditLogResponseSchema },
  {
    method: 'GET',
    path: /^\/channels\/\d+$/,
    answers: z.union([spec.GuildChannelResponseSchema, spec.ThreadResponseSchema]),
  },
  { method: 'GET', path: /^\/channels\/\d+\/messages\/\d+$/, answers: spec.MessageResponseSchema },
  { method: 'GET', path: /^\/channels\/\d+\/messages$/, answers: z.array(spec.MessageResponseSchema) },
  {
    method: 'POST',
    path: /^\/channels\/\d+\/messages$/,
    sends: spec.MessageCreateRequestSchema,
    answers: spec.MessageResponseSchema,
  },
]

/**
 * Checks every request and response body against Discord's specification.
 * @returns the problems found so far, a line each
 */
export function checkSchemas(discord: Discord): string[] {
  const problems: string[] = []
  discord.onRestCall = (exchanged) => problems.push(...problemsOf(exchanged))
  return problems
}

function problemsOf({ method, path, requestBody, status, responseBody }: RestCall): string[] {
  const where = `${method} ${path} (${status})`
  if (status === 429)
    return misfits(`${where} answers`, spec.RatelimitedResponseSchema, withCode(responseBody))
  if (status >= 500) return []
  if (status >= 400) return misfits(`${where} answers`, spec.ErrorResponseSchema, withNumbers(responseBody))
  const route = ROUTES.find((candidate) => candidate.method === method && candidate.path.test(path))
  if (!route) return [`${where}: unknown route`]
  return [
    ...(mayPing(requestBody) ? [`${where}: allowed_mentions does not prevent pings`] : []),
    ...(route.sends ? misfits(`${where} sends`, route.sends, asSpecified(requestBody)) : []),
    ...(route.answers && status !== 204
      ? misfits(`${where} answers`, route.answers, withPlainTimes(responseBody))
      : []),
  ]
}

/** Whether a message could ping the users and roles that it mentions. */
function mayPing(sent: unknown): boolean {
  const message = isJsonObject(sent) && isJsonObject(sent.data) ? sent.data : sent
  if (!isJsonObject(message) || !('content' in message || 'embeds' in message)) return false
  return !isDeepStrictEqual(message.allowed_mentions, { parse: [] })
}

/** What does not fit a schema, and fields it does not know: it drops those, so they are found by comparison. */
function misfits(where: string, schema: Schema, body: unknown): string[] {
  const { data, error } = schema.safeParse(body)
  if (error) return error.issues.map((issue) => `${where}: ${issue.path.join('.')}: ${issue.message}`)
  return isDeepStrictEqual(data, body) ? [] : [`${where}: unknown fields: ${difference(body, data)}`]
}

const EMBED_TEXTS = new Set(['title', 'description', 'text', 'name', 'value'])

/** A request body, adapted where the specification differs from Discord's documentation and discord.js. */
function asSpecified(body: unknown): unknown {
  return revived(body, (key, value) => {
    // The documentation has permissions as text, here as everywhere else.
    if (key === 'default_member_permissions' && typeof value === 'string') return Number(value)
    // Discord trims the texts of embeds before it counts them.
    if (EMBED_TEXTS.has(key) && typeof value === 'string') return value.trim()
    // discord.js sends these with every message; Discord ignores them where they have no meaning.
    return (key === 'tts' || key === 'enforce_nonce') && value === false ? undefined : value
  })
}

/** A 429 body with a code: the specification requires one, but by the documentation only some have it. */
function withCode(body: unknown): unknown {
  return isJsonObject(body) ? { code: 0, ...body } : body
}

/** An error with numeric codes for fields: the specification has numbers, the documentation and Discord text. */
function withNumbers(body: unknown): unknown {
  return revived(body, (key, value) => (key === 'code' && typeof value === 'string' ? 0 : value))
}

/** A response with times ending in `Z`: the package does not accept Discord's `+00:00`. */
function withPlainTimes(body: unknown): unknown {
  return revived(body, (_, value) =>
    typeof value === 'string' && /T\d\d:\d\d:\d\d\.\d+\+00:00$/.test(value)
      ? value.replace('+00:00', 'Z')
      : value,
  )
}

function revived(body: unknown, revive: (key: string, value: unknown) => unknown): unknown {
  return body === undefined ? undefined : JSON.parse(JSON.stringify(body), revive)
}

function difference(before: unknown, after: unknown): string {
  if (typeof before !== 'object' || before === null || typeof after !== 'object' || after === null)
    return 'value'
  const lost = Object.entries(before).filter(
    ([key, value]) => !isDeepStrictEqual(value, Reflect.get(after, key)),
  )
  return lost
    .map(([key, value]) => `${key}(${key in after ? difference(value, Reflect.get(after, key)) : 'unknown'})`)
    .join(' ')
}
