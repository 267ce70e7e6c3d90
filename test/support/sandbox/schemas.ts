import { hash } from 'node:crypto'
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
    answers: z.union([
      spec.GuildChannelResponseSchema,
      spec.ThreadResponseSchema,
      spec.PrivateChannelResponseSchema,
    ]),
  },
  { method: 'PATCH', path: /^\/channels\/\d+$/, answers: spec.ThreadResponseSchema },
  { method: 'GET', path: /^\/channels\/\d+\/messages\/\d+$/, answers: spec.MessageResponseSchema },
  { method: 'GET', path: /^\/channels\/\d+\/messages$/, answers: z.array(spec.MessageResponseSchema) },
  {
    method: 'POST',
    path: /^\/channels\/\d+\/messages$/,
    sends: spec.MessageCreateRequestSchema,
    answers: spec.MessageResponseSchema,
  },
  {
    method: 'PATCH',
    path: /^\/channels\/\d+\/messages\/\d+$/,
    sends: spec.MessageEditRequestPartialSchema,
    answers: spec.MessageResponseSchema,
  },
  { method: 'DELETE', path: /^\/channels\/\d+\/messages\/\d+$/ },
  {
    method: 'POST',
    path: /^\/users\/@me\/channels$/,
    sends: spec.CreatePrivateChannelRequestSchema,
    answers: spec.PrivateChannelResponseSchema,
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
  if (status >= 400) return misfits(`${where} answers`, spec.ErrorResponseSchema, responseBody, withNumbers)
  const route = ROUTES.find((candidate) => candidate.method === method && candidate.path.test(path))
  if (!route) return [`${where}: unknown route`]
  return [
    ...(mayPing(requestBody) ? [`${where}: allowed_mentions does not prevent pings`] : []),
    ...(route.sends ? misfits(`${where} sends`, route.sends, requestBody, asSpecified) : []),
    ...(route.answers && status !== 204
      ? misfits(`${where} answers`, route.answers, responseBody, withPlainTimes)
      : []),
  ]
}

/** Whether a message could ping users, or roles other than the one that its content is. */
function mayPing(sent: unknown): boolean {
  const message = isJsonObject(sent) && isJsonObject(sent.data) ? sent.data : sent
  if (!isJsonObject(message) || !('content' in message || 'embeds' in message)) return false
  const [, role] = /^<@&(\d+)>$/.exec(String(message.content)) ?? []
  const allowed = { parse: [], ...(role !== undefined && { roles: [role] }) }
  return ![allowed, { parse: [] }].some((each) => isDeepStrictEqual(message.allowed_mentions, each))
}

/** Changes a value of a body, by its key, where the specification differs. */
type Adapt = (key: string, value: unknown) => unknown

/** The hashes of bodies that fit a schema. Most bots of a test process send and receive the same bodies. */
const fitting = new WeakMap<Schema, Set<string>>()

/** What does not fit a schema, and fields it does not know: it drops those, so they are found by comparison. */
function misfits(where: string, schema: Schema, body: unknown, adapt: Adapt = (_, value) => value): string[] {
  const json = JSON.stringify(body) ?? ''
  const known = fitting.get(schema) ?? new Set()
  fitting.set(schema, known)
  const digest = hash('sha1', json)
  if (known.has(digest)) return []
  const adapted = json === '' ? undefined : JSON.parse(json, adapt)
  const { data, error } = schema.safeParse(adapted)
  if (error) return error.issues.map((issue) => `${where}: ${issue.path.join('.')}: ${issue.message}`)
  if (!isDeepStrictEqual(data, adapted)) return [`${where}: unknown fields: ${difference(adapted, data)}`]
  known.add(digest)
  return []
}

const EMBED_TEXTS = new Set(['title', 'description', 'text', 'name', 'value'])

/** A request body, adapted where the specification differs from Discord's documentation and discord.js. */
const asSpecified: Adapt = (key, value) => {
  // The documentation has permissions as text, here as everywhere else.
  if (key === 'default_member_permissions' && typeof value === 'string') return Number(value)
  // Discord trims the texts of embeds before it counts them.
  if (EMBED_TEXTS.has(key) && typeof value === 'string') return value.trim()
  // discord.js sends these with every message; Discord ignores them where they have no meaning.
  return (key === 'tts' || key === 'enforce_nonce') && value === false ? undefined : value
}

/** A 429 body with a code: the specification requires one, but by the documentation only some have it. */
function withCode(body: unknown): unknown {
  return isJsonObject(body) ? { code: 0, ...body } : body
}

/** An error with numeric codes for fields: the specification has numbers, the documentation and Discord text. */
const withNumbers: Adapt = (key, value) => (key === 'code' && typeof value === 'string' ? 0 : value)

/** A response with times ending in `Z`: the package does not accept Discord's `+00:00`. */
const withPlainTimes: Adapt = (_, value) =>
  typeof value === 'string' && /T\d\d:\d\d:\d\d\.\d+\+00:00$/.test(value)
    ? value.replace('+00:00', 'Z')
    : value

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
