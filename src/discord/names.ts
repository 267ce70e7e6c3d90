import { isRecord } from '../core/entry.ts'
import type { KnownAs, Naming } from '../core/known.ts'
import { isSnowflake, type Snowflake } from '../core/snowflake.ts'

/** The names that come with a page of the audit log: those of what its entries refer to, as they are now. */
export function namesInPage(page: unknown, at: Snowflake): Naming[] {
  if (!isRecord(page)) return []
  return [
    // A user may have left: they are named, not said to be there.
    ...namings(page.users, 'user', at).map((naming) => ({ ...naming, was: 'named' as const })),
    ...namings(page.threads, 'thread', at),
    ...namings(page.webhooks, 'webhook', at),
    ...namings(page.integrations, 'integration', at),
    ...namings(page.guild_scheduled_events, 'event', at),
    ...namings(page.auto_moderation_rules, 'rule', at),
    ...namings(page.application_commands, 'command', at),
  ]
}

/** The names in a guild as the gateway describes it: every role and channel, and much besides. */
export function namesInGuild(guild: unknown, at: Snowflake): Naming[] {
  if (!isRecord(guild)) return []
  const members = records(guild.members).map(({ user }) => user)
  const tags = records(guild.channels).flatMap((channel) => records(channel.available_tags))
  return [
    ...namings(guild.roles, 'role', at),
    ...namings(guild.channels, 'channel', at),
    ...namings(guild.threads, 'thread', at),
    ...namings(members, 'user', at),
    ...namings(guild.emojis, 'emoji', at),
    ...namings(guild.stickers, 'sticker', at),
    ...namings(guild.guild_scheduled_events, 'event', at),
    ...namings(guild.soundboard_sounds, 'sound', at),
    ...namings(tags, 'tag', at),
  ]
}

/** The names of things of one sort, which may be anything. Users go by their display name, else their name. */
export function namings(things: unknown, is: KnownAs, at: Snowflake): Naming[] {
  return records(things).flatMap(({ id, sound_id, name, global_name, username, bot }) => {
    const shown = [global_name, name, username].find((text) => typeof text === 'string' && text !== '')
    const known = id ?? sound_id
    if (!isSnowflake(known) || typeof shown !== 'string') return []
    const alias = typeof username === 'string' && { alias: username }
    return [{ id: known, is: bot === true ? 'bot' : is, name: shown, ...alias, at, was: 'there' as const }]
  })
}

function records(things: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(things) ? things.filter(isRecord) : []
}
