import { ComponentType } from 'discord-api-types/v10'
import { embedsOf } from '../../rendering/embed.ts'
import type { Message } from '../../world/conversation.ts'
import { isJson, type Json, objects, text } from '../../world/json.ts'
import { timeOf } from '../../world/snowflakes.ts'
import type { Control, FileView, MessageView, Used } from './page-state.ts'

export function messageView(message: Message, used: Used | undefined): MessageView {
  const { id, channelId, author, body, editedAt, ephemeralTo, thinking } = message
  const files = objects(body.attachments).map(fileView)
  return {
    id,
    channel: channelId,
    author: author.id,
    at: timeOf(id),
    edited: editedAt !== null,
    ephemeral: ephemeralTo !== null,
    thinking,
    content: text(body.content) ?? '',
    embeds: embedsOf(body).map((embed) => ({ ...embed, image: addressOf(embed.image, files) })),
    files,
    rows: objects(body.components).map((row) => objects(row.components).flatMap(control)),
    used,
  }
}

/** Where the page finds a file: on its own server, whatever Discord's is. */
function fileView({ filename, size, url, content_type, description }: Json): FileView {
  return {
    name: text(filename) ?? '',
    size: Number(size),
    url: new URL(text(url) ?? '', 'http://localhost').pathname,
    isImage: (text(content_type) ?? '').startsWith('image/'),
    description: text(description) ?? '',
  }
}

function addressOf(image: string, files: readonly FileView[]): string {
  const name = /^attachment:\/\/(.+)$/.exec(image)?.[1]
  return name === undefined ? image : (files.find((file) => file.name === name)?.url ?? '')
}

function control(component: Json): Control[] {
  const disabled = component.disabled === true
  if (component.type === ComponentType.Button) {
    return [{ is: 'button', label: text(component.label) ?? '', style: Number(component.style), disabled }]
  }
  if (component.type !== ComponentType.StringSelect) return []
  const options = objects(component.options).map(({ value, label, description, emoji }) => ({
    value: text(value) ?? '',
    label: text(label) ?? '',
    description: text(description) ?? '',
    emoji: isJson(emoji) ? (text(emoji.name) ?? '') : '',
  }))
  return [{ is: 'menu', placeholder: text(component.placeholder) ?? 'Make a selection', disabled, options }]
}
