import { ComponentType } from 'discord-api-types/v10'
import type { Context } from 'hono'
import type { SentFile } from '../conversation.ts'
import { ApiError } from './errors.ts'
import { isJson, type Json, objects } from './json.ts'

/** A body that can carry files beside its JSON. */
export interface Body {
  readonly json: unknown
  readonly files: readonly SentFile[]
}

/** Reads JSON, or a form with `payload_json` and files. https://docs.discord.com/developers/reference#uploading-files */
export async function readBody(context: Context): Promise<Body> {
  const type = context.req.header('content-type') ?? ''
  if (!type.startsWith('multipart/form-data'))
    return { json: await readJson(await context.req.text()), files: [] }
  const form = await context.req.formData()
  const files: SentFile[] = []
  for (const [key, value] of form) {
    if (!key.startsWith('files[') || typeof value === 'string') continue
    files.push({ name: value.name, type: value.type, bytes: new Uint8Array(await value.arrayBuffer()) })
  }
  const payload = form.get('payload_json')
  return { json: typeof payload === 'string' ? await readJson(payload) : {}, files }
}

async function readJson(body: string): Promise<unknown> {
  if (body === '') return {}
  try {
    return JSON.parse(body)
  } catch {
    throw new ApiError(400, 50109, 'The request body contains invalid JSON.')
  }
}

/**
 * What of a message is kept and handed back: an embed gets its type, a component its number, a file its address.
 * @param before what an edit starts from; a field it does not name stays
 */
export function composed(
  sent: Json,
  files: readonly SentFile[],
  messageId: string,
  origin: string,
  before: Json = {},
): Json {
  let number = 0
  const numbered = (component: Json): Json => ({
    ...component,
    id: ++number,
    ...(Array.isArray(component.components) && { components: objects(component.components).map(numbered) }),
    ...(component.type === ComponentType.StringSelect && { min_values: 1, max_values: 1, ...component }),
    ...(component.type === ComponentType.StringSelect && { id: number }),
  })
  const attachments = files.map((file, index) => ({
    id: String(BigInt(messageId) + BigInt(index + 1)),
    filename: file.name,
    size: file.bytes.length,
    url: `${origin}/attachments/${messageId}/${index}/${encodeURIComponent(file.name)}`,
    proxy_url: `${origin}/attachments/${messageId}/${index}/${encodeURIComponent(file.name)}`,
    ...(file.type !== '' && { content_type: file.type }),
  }))
  return {
    ...before,
    ...(sent.content !== undefined && { content: sent.content ?? '' }),
    ...(sent.embeds !== undefined && {
      embeds: objects(sent.embeds).map(composedEmbed),
    }),
    ...(sent.components !== undefined && { components: objects(sent.components).map(numbered) }),
    ...((files.length > 0 || sent.attachments !== undefined) && { attachments }),
  }
}

function composedEmbed(embed: Json): Json {
  return {
    ...embed,
    type: 'rich',
    ...(embed.fields !== undefined && {
      fields: objects(embed.fields).map((field) => ({ inline: false, ...field })),
    }),
  }
}

/** The object a body has to be. */
export function jsonObject(json: unknown): Json {
  if (isJson(json)) return json
  throw new ApiError(400, 50035, 'Invalid Form Body')
}
