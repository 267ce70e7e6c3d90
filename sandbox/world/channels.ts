import { type APIOverwrite, ChannelType, type OverwriteType } from 'discord-api-types/v10'

/** A channel of a guild, in the shape Discord sends. */
export interface Channel {
  readonly id: string
  readonly guild_id: string
  readonly type:
    | ChannelType.GuildText
    | ChannelType.GuildVoice
    | ChannelType.GuildCategory
    | ChannelType.GuildAnnouncement
    | ChannelType.GuildStageVoice
    | ChannelType.GuildForum
  readonly name: string
  readonly position: number
  readonly flags: number
  readonly parent_id: string | null
  readonly permission_overwrites: APIOverwrite[]
  readonly nsfw: boolean
  readonly rate_limit_per_user: number
  readonly topic?: string | null
  readonly last_message_id?: string | null
  readonly bitrate?: number
  readonly user_limit?: number
  readonly rtc_region?: string | null
  /** Only for forums. */
  readonly available_tags?: readonly object[]
}

/** A public thread, in the shape Discord sends. */
export interface Thread {
  readonly id: string
  readonly guild_id: string
  readonly type: ChannelType.PublicThread
  readonly name: string
  readonly flags: number
  readonly parent_id: string
  readonly owner_id: string
  readonly rate_limit_per_user: number
  readonly last_message_id: string | null
  readonly message_count: number
  readonly member_count: number
  readonly total_message_sent: number
  readonly thread_metadata: {
    readonly archived: boolean
    readonly archive_timestamp: string
    readonly auto_archive_duration: 1440
    readonly locked: boolean
    readonly create_timestamp: string
  }
}

/** The direct messages between a bot and a user. */
export interface DirectChannel {
  readonly id: string
  readonly botId: string
  readonly userId: string
}

export function textChannel(id: string, guildId: string, name: string, position = 0): Channel {
  return {
    id,
    guild_id: guildId,
    type: ChannelType.GuildText,
    name,
    position,
    flags: 0,
    parent_id: null,
    permission_overwrites: [],
    nsfw: false,
    rate_limit_per_user: 0,
    topic: null,
    last_message_id: null,
  }
}

export function voiceChannel(id: string, guildId: string, name: string, position = 0): Channel {
  return {
    ...textChannel(id, guildId, name, position),
    type: ChannelType.GuildVoice,
    bitrate: 64_000,
    user_limit: 0,
    rtc_region: null,
  }
}

export function overwrite(id: string, type: OverwriteType, allow: bigint, deny: bigint): APIOverwrite {
  return { id, type, allow: String(allow), deny: String(deny) }
}
