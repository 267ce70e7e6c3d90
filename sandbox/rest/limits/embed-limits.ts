import { asString, isJsonObject, type JsonObject, jsonObjects } from '../../world/json.ts'
import type { FormErrors, Path } from '../form-errors.ts'

const EMBED_TEXTS = { title: 256, description: 4096 } as const

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
export function checkEmbed(errors: FormErrors, at: Path, embed: unknown): void {
  if (!isJsonObject(embed)) {
    errors.add(at, 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType')
    return
  }
  if (sizeOf(embed) === 0 && !isJsonObject(embed.image) && !isJsonObject(embed.thumbnail)) {
    errors.required([...at, 'description'])
  }
  for (const [key, most] of Object.entries(EMBED_TEXTS)) {
    const value = trimmed(embed[key])
    if (value !== undefined) errors.length([...at, key], value, 0, most)
  }
  const { footer, author, fields, color } = embed
  if (isJsonObject(footer)) checkText(errors, [...at, 'footer', 'text'], footer.text, 2048)
  if (isJsonObject(author)) checkText(errors, [...at, 'author', 'name'], author.name, 256)
  if (typeof color === 'number') errors.range([...at, 'color'], color, 0, 0xffffff)
  if (!Array.isArray(fields)) return
  errors.length([...at, 'fields'], fields, 0, 25)
  for (const [index, field] of jsonObjects(fields).entries()) {
    checkText(errors, [...at, 'fields', index, 'name'], field.name, 256)
    checkText(errors, [...at, 'fields', index, 'value'], field.value, 1024)
  }
}

/** Discord trims the texts of embeds before it counts and stores them. */
export function trimmed(value: unknown): string | undefined {
  return asString(value)?.trim()
}

function checkText(errors: FormErrors, at: Path, given: unknown, most: number): void {
  const value = trimmed(given)
  if (!value) errors.required(at)
  else errors.length(at, value, 0, most)
}

/** How many characters an embed adds to the total of 6,000 per message. */
export function sizeOf({ title, description, footer, author, fields }: JsonObject): number {
  const texts = [
    title,
    description,
    isJsonObject(footer) ? footer.text : '',
    isJsonObject(author) ? author.name : '',
    ...jsonObjects(fields).flatMap(({ name, value }) => [name, value]),
  ]
  return texts.reduce<number>((sum, value) => sum + (trimmed(value)?.length ?? 0), 0)
}
