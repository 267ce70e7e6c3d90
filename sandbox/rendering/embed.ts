import { asString, isJsonObject, type JsonObject, jsonObjects } from '../world/json.ts'

/** An embed as a client displays it. Missing parts are empty. */
export interface Embed {
  /** 0xRRGGBB. */
  readonly color: number | undefined
  readonly title: string
  readonly url: string
  readonly author: string
  readonly description: string
  readonly fields: readonly { readonly name: string; readonly value: string; readonly inline: boolean }[]
  readonly footer: string
  /** ISO 8601. */
  readonly timestamp: string
  /** The address of its image, or `attachment://` and the name of a file of the message. */
  readonly image: string
}

/** How many inline fields Discord places in a row. */
const FIELDS_PER_ROW = 3

/** The embeds of a message's body. */
export function embedsOf(body: JsonObject): Embed[] {
  return jsonObjects(body.embeds).map((embed) => ({
    color: typeof embed.color === 'number' ? embed.color : undefined,
    title: asString(embed.title) ?? '',
    url: asString(embed.url) ?? '',
    author: isJsonObject(embed.author) ? (asString(embed.author.name) ?? '') : '',
    description: asString(embed.description) ?? '',
    fields: jsonObjects(embed.fields).map(({ name, value, inline }) => ({
      name: asString(name) ?? '',
      value: asString(value) ?? '',
      inline: inline === true,
    })),
    footer: isJsonObject(embed.footer) ? (asString(embed.footer.text) ?? '') : '',
    timestamp: asString(embed.timestamp) ?? '',
    image: isJsonObject(embed.image) ? (asString(embed.image.url) ?? '') : '',
  }))
}

/** The fields in rows: up to three inline fields, or one other. */
export function rowsOf({ fields }: Embed): Embed['fields'][] {
  const rows: Embed['fields'][number][][] = []
  for (const field of fields) {
    const last = rows.at(-1)
    const joins = field.inline && last?.[0]?.inline === true && last.length < FIELDS_PER_ROW
    if (joins) last.push(field)
    else rows.push([field])
  }
  return rows
}
