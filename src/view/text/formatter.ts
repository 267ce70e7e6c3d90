import { classOf } from '../../core/names/entity-class.ts'
import type { EntityType, NamedEntity } from '../../core/names/named-entity.ts'
import { Names } from '../../core/names/names.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { escapeMarkdown, isolateBidi, plainText } from '../../core/text/escape.ts'
import { formatMoment } from '../../core/time/format-time.ts'
import { MINUTE, SECOND } from '../../core/time/units.ts'

/** Writes users, channels, roles, times and texts: as Discord markdown, or as plain text. */
export interface Formatter {
  /** A user, with their name unless they are present in the guild; or the webhook that wrote a message. */
  user(id: Snowflake): string
  channel(id: Snowflake): string
  role(id: Snowflake): string
  /** An entity without a mention: its recorded name, else its id. Without `type`, the only entity with that id. */
  entity(id: string, type?: EntityType): string
  /** An id or another identifier, unchanged. */
  code(id: string): string
  message(guildId: Snowflake, channelId: Snowflake, id: Snowflake): string
  /** A moment, in milliseconds since the Unix epoch. */
  time(time: number): string
  /** A name in a sentence. */
  name(name: string): string
  /** Text from a user or from Discord, truncated to `longest` characters. */
  text(text: string, longest: number): string
}

const EVERYONE = '@everyone'

/**
 * For embeds: mentions and timestamps, which Discord shows in each reader's own time zone and language.
 * @param introduced users whom the text above names already
 */
export function markdownFormatter(
  names: Names,
  introduced: readonly (Snowflake | undefined)[] = [],
): Formatter {
  const gone = (known: NamedEntity | undefined, mark: string): string | undefined =>
    known?.presence === 'gone' ? `${mark}${escapeMarkdown(known.name, 80)}${deleted(known)}` : undefined
  return {
    // A mention shows as a bare id if the reader's client does not know the user, so the name stands beside it.
    user: (id) => {
      const known = names.get('user', id)
      if (names.authorClass(id) === 'webhook')
        return webhook(names.get('webhook', id), (name) => escapeMarkdown(name, 40))
      const isBare = known === undefined || known.presence === 'present' || introduced.includes(id)
      return isBare ? `<@${id}>` : `<@${id}> (${escapeMarkdown(known.name, 40)})`
    },
    channel: (id) => gone(names.get('channel', id), '#') ?? `<#${id}>`,
    // Discord shows a mention of the @everyone role as @@everyone.
    role: (id) => (id === names.guildId ? EVERYONE : (gone(names.get('role', id), '@') ?? `<@&${id}>`)),
    entity: (id, type) => {
      const known = names.find(id, type)
      if (!known) return code(id)
      return `**${escapeMarkdown(known.name, 80)}**${deleted(known)}`
    },
    code,
    message: (guildId, channelId, id) =>
      `[a message](https://discord.com/channels/${guildId}/${channelId}/${id})`,
    time: (time) => timestamp(time, 'f'),
    name: (name) => `**${escapeMarkdown(name, 80)}**`,
    text: escapeMarkdown,
  }
}

/**
 * A time that Discord shows in each reader's own time zone and language.
 * @param time in milliseconds since the Unix epoch
 * @param style https://docs.discord.com/developers/reference#message-formatting-timestamp-styles
 */
export function timestamp(time: number, style: 's' | 't' | 'd' | 'D' | 'f' | 'F' | 'R'): string {
  return `<t:${Math.floor(time / SECOND)}:${style}>`
}

/** From when to when something was, in milliseconds since the Unix epoch. What began and ended in one minute has one time. */
export function fromTo(first: number, last: number): string {
  const isOneMinute = Math.floor(first / MINUTE) === Math.floor(last / MINUTE)
  return isOneMinute ? timestamp(first, 'f') : `From ${timestamp(first, 'f')} to ${timestamp(last, 't')}`
}

/** Writes a text of at most `longest` characters: with recorded names or, if that is too long, without. */
export function fitNames(longest: number, names: Names, write: (names: Names) => string): string {
  const named = write(names)
  return named.length <= longest ? named : write(new Names(names.guildId, []))
}

/** An id or another identifier, as inline code. */
export function code(id: string): string {
  return `\`${plainText(id, 60).replaceAll('`', 'ˋ')}\``
}

/** For menus and files, which show plain text, with times in a time zone. */
export function plainFormatter(names: Names, timeZone: string): Formatter {
  const shown = (name: string) => isolateBidi(plainText(name, 32))
  const named = (type: EntityType, mark: string) => (id: string) => {
    const known = names.get(type, id)
    return known ? `${mark}${shown(known.name)}${deleted(known)}` : `${mark}${id}`
  }
  const user = named('user', '@')
  const role = named('role', '@')
  return {
    user: (id) => (names.authorClass(id) === 'webhook' ? webhook(names.get('webhook', id), shown) : user(id)),
    channel: named('channel', '#'),
    role: (id) => (id === names.guildId ? EVERYONE : role(id)),
    entity: (id, type) => {
      const known = names.find(id, type)
      return known ? `${shown(known.name)}${deleted(known)}` : shown(id)
    },
    code: (id) => plainText(id, 60),
    message: (_guildId, _channelId, id) => `message ${id}`,
    time: (time) => formatMoment(time, timeZone),
    name: (name) => `“${isolateBidi(plainText(name, 40))}”`,
    text: (text, longest) => isolateBidi(plainText(text, longest)),
  }
}

/** ` (deleted role)` after the name of what was deleted. A user who is gone was not deleted, but left the server. */
function deleted({ type, presence }: NamedEntity): string {
  return presence === 'gone' && classOf(type) !== 'user' ? ` (deleted ${type})` : ''
}

function webhook(known: NamedEntity | undefined, shown: (name: string) => string): string {
  return `${shown(known?.name ?? '')} (${known?.presence === 'gone' ? 'deleted ' : ''}webhook)`
}
