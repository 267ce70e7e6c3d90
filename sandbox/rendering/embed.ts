import { asString, isJsonObject, type JsonObject, jsonObjects } from '../world/json.ts'

/** An embed as a member reads it. */
export interface Embed {
  /** A colour as Discord numbers them: 0xRRGGBB. */
  readonly color: number | undefined
  readonly title: string
  readonly url: string
  readonly author: string
  readonly description: string
  readonly fields: readonly { readonly name: string; readonly value: string; readonly inline: boolean }[]
  readonly footer: string
  /** ISO 8601. */
  readonly timestamp: string
  /** Where its picture is: an address, or `attachment://` and the name of a file of the message. */
  readonly image: string
}

/** How many inline fields Discord puts beside each other. */
const FIELDS_A_ROW = 3

/** The embeds of a message's body; what is absent is empty. */
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

/** Inline fields stand beside each other, up to three in a row; any other has a row to itself. */
export function rowsOf({ fields }: Embed): Embed['fields'][] {
  const rows: Embed['fields'][number][][] = []
  for (const field of fields) {
    const last = rows.at(-1)
    const joins = field.inline && last?.[0]?.inline === true && last.length < FIELDS_A_ROW
    if (joins) last.push(field)
    else rows.push([field])
  }
  return rows
}
