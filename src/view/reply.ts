import type { APIActionRowComponent, APIComponentInMessageActionRow, APIEmbed } from 'discord-api-types/v10'

/** A message as Discord's API accepts it. */
export interface Reply {
  readonly embeds: APIEmbed[]
  readonly components: APIActionRowComponent<APIComponentInMessageActionRow>[]
  /** Attached files; none by default. */
  readonly files?: readonly ReplyFile[]
}

export interface ReplyFile {
  readonly name: string
  readonly content: string | Uint8Array | Blob
}

/**
 * How many characters Discord accepts in an embed; `total` is for all embeds of a message.
 * https://docs.discord.com/developers/resources/message#embed-object-embed-limits
 */
export const EMBED = { description: 4096, fieldValue: 1024, footer: 2048, total: 6000 } as const

/** Embed colours: one for each category, and one for everything else. */
export const COLOURS = {
  neutral: 0x5865f2,
  created: 0x3ba55d,
  updated: 0xe0a429,
  deleted: 0xd83c3e,
  none: 0x5865f2,
} as const

/** How many characters of an embed count towards `EMBED.total`. */
export function embedSize({ title = '', description = '', footer, fields = [] }: APIEmbed): number {
  const fieldsSize = fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0)
  return title.length + description.length + (footer?.text.length ?? 0) + fieldsSize
}
