import type { APIActionRowComponent, APIComponentInMessageActionRow, APIEmbed } from 'discord-api-types/v10'

/** A message as Discord takes it. */
export interface Reply {
  readonly embeds: APIEmbed[]
  readonly components: APIActionRowComponent<APIComponentInMessageActionRow>[]
  /** Files that go with it; none by default. */
  readonly files?: readonly ReplyFile[]
}

export interface ReplyFile {
  readonly name: string
  readonly content: string | Uint8Array | Blob
}

/** What an embed can hold. https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
export const EMBED = { description: 4096, fieldValue: 1024, footer: 2048, total: 6000 } as const

/** The same colour for the same category, everywhere. */
export const COLOURS = {
  neutral: 0x5865f2,
  created: 0x3ba55d,
  updated: 0xe0a429,
  deleted: 0xd83c3e,
  none: 0x5865f2,
} as const
