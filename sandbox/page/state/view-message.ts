import { ComponentType } from 'discord-api-types/v10'
import { embedsOf } from '../../rendering/embed.ts'
import { asString, isJsonObject, type JsonObject, jsonObjects } from '../../world/json.ts'
import type { Message } from '../../world/message.ts'
import { timeOf } from '../../world/snowflakes.ts'
import type { ComponentView, FileView, MessageView, UsedCommand } from './page-state.ts'

/** @param isMention whether it mentions the member who sees it */
export function messageView(
  message: Message,
  used: UsedCommand | undefined,
  isMention: boolean,
): MessageView {
  const { id, channelId, author, body, editedAt, ephemeralTo, thinking } = message
  const files = jsonObjects(body.attachments).map(fileView)
  return {
    id,
    channel: channelId,
    author: author.id,
    at: timeOf(id),
    edited: editedAt !== null,
    isMention,
    ephemeral: ephemeralTo !== null,
    thinking,
    content: asString(body.content) ?? '',
    embeds: embedsOf(body).map((embed) => ({ ...embed, image: addressOf(embed.image, files) })),
    files,
    rows: jsonObjects(body.components).map((row) => jsonObjects(row.components).flatMap(control)),
    used,
  }
}

/** A file, with the address on the page's own server. */
function fileView({ filename, size, url, content_type, description }: JsonObject): FileView {
  return {
    name: asString(filename) ?? '',
    size: Number(size),
    url: new URL(asString(url) ?? '', 'http://localhost').pathname,
    isImage: (asString(content_type) ?? '').startsWith('image/'),
    description: asString(description) ?? '',
  }
}

function addressOf(image: string, files: readonly FileView[]): string {
  const name = /^attachment:\/\/(.+)$/.exec(image)?.[1]
  return name === undefined ? image : (files.find((file) => file.name === name)?.url ?? '')
}

function control(component: JsonObject): ComponentView[] {
  const disabled = component.disabled === true
  if (component.type === ComponentType.Button) {
    return [
      { type: 'button', label: asString(component.label) ?? '', style: Number(component.style), disabled },
    ]
  }
  if (component.type !== ComponentType.StringSelect) return []
  const options = jsonObjects(component.options).map(({ value, label, description, emoji }) => ({
    value: asString(value) ?? '',
    label: asString(label) ?? '',
    description: asString(description) ?? '',
    emoji: isJsonObject(emoji) ? (asString(emoji.name) ?? '') : '',
  }))
  return [
    { type: 'menu', placeholder: asString(component.placeholder) ?? 'Make a selection', disabled, options },
  ]
}
