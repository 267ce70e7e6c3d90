import { ComponentType } from 'discord-api-types/v10'
import { asString, isJsonObject, type JsonObject, jsonObjects } from '../world/json.ts'
import type { Message, SentFile } from '../world/message.ts'
import { checkNotEmpty } from './limits/message-limits.ts'

/**
 * Writes what a bot sent into a message, as Discord stores it: an embed gets a type, a component an id, a file an
 * address. Fields that an edit leaves out stay as they are.
 * https://docs.discord.com/developers/resources/message#edit-message
 * @param origin the address of the server that serves the files
 * @throws ApiError 50006 if the message would be empty
 */
export function composeMessage(
  message: Message,
  sent: JsonObject,
  files: readonly SentFile[],
  origin: string,
): void {
  const { content, embeds, components } = sent
  const attachments = attachmentsAfter(message, sent, files, origin)
  const body = {
    ...message.body,
    ...(content !== undefined && { content: content ?? '' }),
    ...(embeds !== undefined && { embeds: jsonObjects(embeds).map(storedEmbed) }),
    ...(components !== undefined && { components: storedComponents(components) }),
    ...((files.length > 0 || sent.attachments !== undefined) && { attachments }),
  }
  checkNotEmpty(body, attachments.length)
  message.body = body
  message.files = [...message.files, ...files]
}

/** The message's attachments, or those of them that the edit lists, followed by the new files. */
function attachmentsAfter(
  message: Message,
  sent: JsonObject,
  files: readonly SentFile[],
  origin: string,
): JsonObject[] {
  const before = jsonObjects(message.body.attachments)
  const listed = jsonObjects(sent.attachments)
  const remaining = Array.isArray(sent.attachments)
    ? before.filter(({ id }) => listed.some((attachment) => attachment.id === id))
    : before
  const added = files.map((file, index) => {
    const position = message.files.length + index
    const url = `${origin}/attachments/${message.id}/${position}/${encodeURIComponent(file.name)}`
    const description = asString(listed.find(({ id }) => String(id) === String(index))?.description)
    return {
      id: String(BigInt(message.id) + BigInt(position + 1)),
      filename: file.name,
      size: file.bytes.length,
      url,
      proxy_url: url,
      ...(description !== undefined && { description }),
      ...(file.type !== '' && { content_type: file.type }),
    }
  })
  return [...remaining, ...added]
}

/** Numbers components in the order of reading. A select menu accepts exactly one value unless it says otherwise. */
function storedComponents(components: unknown): JsonObject[] {
  let lastId = 0
  const store = (component: JsonObject): JsonObject => {
    const id = ++lastId
    return {
      ...(component.type === ComponentType.StringSelect && { min_values: 1, max_values: 1 }),
      ...component,
      id,
      ...(Array.isArray(component.components) && {
        components: jsonObjects(component.components).map(store),
      }),
    }
  }
  return jsonObjects(components).map(store)
}

/** Discord trims the texts of embeds. */
function storedEmbed(embed: JsonObject): JsonObject {
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
