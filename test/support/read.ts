import { choicesOf } from '../../sandbox/member-client/components.ts'
import { asString, isJsonObject, jsonObjects } from '../../sandbox/world/json.ts'
import type { Message } from '../../sandbox/world/message.ts'

/** All text in a message's embeds, in order. */
export function textOf({ body }: Message): string {
  const parts = jsonObjects(body.embeds).flatMap(({ title, description, fields, footer }) => [
    title,
    description,
    ...jsonObjects(fields).flatMap(({ name, value }) => [name, value]),
    isJsonObject(footer) ? footer.text : undefined,
  ])
  return parts.filter((part) => typeof part === 'string').join('\n')
}

/** The value of a field, by its name. Spaces at which no line ends are ordinary ones. */
export function fieldOf({ body }: Message, name: string): string | undefined {
  const fields = jsonObjects(body.embeds).flatMap((embed) => jsonObjects(embed.fields))
  return asString(fields.find((field) => field.name === name)?.value)?.replaceAll('\u00A0', ' ')
}

/** The footers of a message's embeds. */
export function footersOf({ body }: Message): string[] {
  return jsonObjects(body.embeds).flatMap(({ footer }) => (isJsonObject(footer) ? [String(footer.text)] : []))
}

/** The number that a text starts with: `1,234` is 1234. */
export function numberIn(value: string | undefined): number {
  return Number(/^[\d,]+/.exec(value ?? '')?.[0].replaceAll(',', ''))
}

/** The ids of the entries a list shows, in order. */
export function entryIdsOf(message: Message): string[] {
  return choicesOf(message).map(({ value }) => String(value))
}
