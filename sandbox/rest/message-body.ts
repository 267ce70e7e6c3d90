import { ComponentType } from 'discord-api-types/v10'
import type { Context } from 'hono'
import type { Message, SentFile } from '../world/conversation.ts'
import { asString, isJsonObject, type JsonObject, jsonObjects } from '../world/json.ts'
import { ApiError, tooLarge } from './errors.ts'
import { checkNotEmpty } from './limits/message-limits.ts'

/** A body that can carry files beside its JSON. */
export interface Body {
  readonly json: unknown
  readonly files: readonly SentFile[]
}

/**
 * Reads JSON, or a form with `payload_json` and files. https://docs.discord.com/developers/reference#uploading-files
 * @throws ApiError 40005 when a file is larger than so many bytes
 */
export async function readBody(context: Context, fileLimit = 0): Promise<Body> {
  const type = context.req.header('content-type') ?? ''
  if (!type.startsWith('multipart/form-data'))
    return { json: await readJson(await context.req.text()), files: [] }
  const form = await context.req.formData()
  const files: SentFile[] = []
  for (const [key, value] of form) {
    if (!key.startsWith('files[') || typeof value === 'string') continue
    if (value.size > fileLimit) throw tooLarge()
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
 * Puts what was sent into a message. What is kept and handed back: an embed gets its type, a component its number, a
 * file its address; a field that an edit does not name stays.
 * @throws ApiError 50006 when nothing would be left in it
 */
export function composeMessage(
  message: Message,
  sent: JsonObject,
  files: readonly SentFile[],
  origin: string,
): void {
  const { content, embeds, components } = sent
  const attachments = attached(message, sent, files, origin)
  let number = 0
  const numbered = (component: JsonObject): JsonObject => ({
    ...component,
    id: ++number,
    ...(Array.isArray(component.components) && {
      components: jsonObjects(component.components).map(numbered),
    }),
    ...(component.type === ComponentType.StringSelect && { min_values: 1, max_values: 1, ...component }),
    ...(component.type === ComponentType.StringSelect && { id: number }),
  })
  const body = {
    ...message.body,
    ...(content !== undefined && { content: content ?? '' }),
    ...(embeds !== undefined && { embeds: jsonObjects(embeds).map(composedEmbed) }),
    ...(components !== undefined && { components: jsonObjects(components).map(numbered) }),
    ...((files.length > 0 || sent.attachments !== undefined) && { attachments }),
  }
  checkNotEmpty(body, attachments.length)
  message.body = body
  message.files = [...message.files, ...files]
}

/** The attachments a message keeps, all unless they are listed, and the new ones after them. */
function attached(
  message: Message,
  sent: JsonObject,
  files: readonly SentFile[],
  origin: string,
): JsonObject[] {
  const before = jsonObjects(message.body.attachments)
  const listed = jsonObjects(sent.attachments)
  const kept = Array.isArray(sent.attachments)
    ? before.filter(({ id }) => listed.some((attachment) => attachment.id === id))
    : before
  const added = files.map((file, index) => {
    const place = message.files.length + index
    const url = `${origin}/attachments/${message.id}/${place}/${encodeURIComponent(file.name)}`
    const description = asString(listed.find(({ id }) => String(id) === String(index))?.description)
    return {
      id: String(BigInt(message.id) + BigInt(place + 1)),
      filename: file.name,
      size: file.bytes.length,
      url,
      proxy_url: url,
      ...(description !== undefined && { description }),
      ...(file.type !== '' && { content_type: file.type }),
    }
  })
  return [...kept, ...added]
}

/** Discord trims what embeds say. */
function composedEmbed(embed: JsonObject): JsonObject {
  const { title, description, footer, author, fields } = embed
  return {
    ...embed,
    type: 'rich',
    ...(typeof title === 'string' && { title: title.trim() }),
    ...(typeof description === 'string' && { description: description.trim() }),
    ...(isJsonObject(footer) && { footer: { ...footer, text: asString(footer.text)?.trim() } }),
    ...(isJsonObject(author) && { author: { ...author, name: asString(author.name)?.trim() } }),
    ...(fields !== undefined && {
      fields: jsonObjects(fields).map((field) => ({
        inline: false,
        ...field,
        name: asString(field.name)?.trim(),
        value: asString(field.value)?.trim(),
      })),
    }),
  }
}

/** The object a body has to be. */
export function jsonObject(json: unknown): JsonObject {
  if (isJsonObject(json)) return json
  throw new ApiError(400, 50035, 'Invalid Form Body')
}
