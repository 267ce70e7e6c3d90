import type { Reply } from '../../command/command.ts'

/** Custos mentions nobody. */
export const NO_MENTIONS = { parse: [] }

/**
 * What discord.js sends for a message that becomes a reply, whatever it was before.
 * @param more the fields that it has besides
 */
export function messageRequest({ embeds, components, files = [] }: Reply, more: object = {}) {
  const message = {
    embeds,
    components,
    // Removes the files of the message that is updated.
    attachments: files.map(({ name }, index) => ({ id: String(index), filename: name })),
    allowed_mentions: NO_MENTIONS,
    ...more,
  }
  return files.length === 0 ? { body: message } : { body: formOf(message, files), passThroughBody: true }
}

/**
 * A message with files as multipart form. discord.js would copy each file in one go, which blocks the process while a
 * large one is copied; a Blob is not copied. https://docs.discord.com/developers/reference#uploading-files
 */
function formOf(message: object, files: NonNullable<Reply['files']>): FormData {
  const form = new FormData()
  for (const [index, { name, content }] of files.entries()) {
    form.append(`files[${index}]`, content instanceof Blob ? content : new Blob([Buffer.from(content)]), name)
  }
  form.append('payload_json', JSON.stringify(message))
  return form
}
