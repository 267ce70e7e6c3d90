import { inert, isolated, plainText } from '../core/inert.ts'
import type { Known, KnownAs } from '../core/known.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { utcMoment } from '../core/utc.ts'

/** How people, places and times are written: as Discord renders them, or in plain characters. */
export interface Voice {
  /** Someone in a count. */
  user(id: Snowflake): string
  /** Someone in a sentence, by name too if they have left: Discord would show a number. */
  target(id: Snowflake): string
  channel(id: Snowflake): string
  role(id: Snowflake): string
  /** What cannot be mentioned, by the name it is known by, or else by its id; `type` is what it is, if that is clear. */
  thing(id: string, type?: KnownAs): string
  /** An id that names nothing here, as it is. */
  code(id: string): string
  message(guildId: Snowflake, channelId: Snowflake, id: Snowflake): string
  /** A moment, in milliseconds since the Unix epoch. */
  time(time: number): string
  /** A name that stands in a sentence. */
  name(name: string): string
  /** Text from a user or from Discord, cut to so many characters. */
  text(text: string, longest: number): string
}

/** What is known by its id: those that are gone are named, since Discord would show a number. */
export type Names = ReadonlyMap<string, Known>

/** For embeds: mentions and timestamps, which Discord shows each reader in their own names and time. */
export function markdown(names: Names): Voice {
  const gone = (id: string, mark: string): string | undefined => {
    const known = names.get(id)
    return known?.gone ? `${mark}${inert(known.name, 80)} (deleted ${known.is})` : undefined
  }
  return {
    user: (id) => `<@${id}>`,
    target: (id) => {
      const known = names.get(id)
      return known?.gone ? `<@${id}> (${inert(known.name, 40)})` : `<@${id}>`
    },
    channel: (id) => gone(id, '#') ?? `<#${id}>`,
    role: (id) => gone(id, '@') ?? `<@&${id}>`,
    thing: (id) => {
      const known = names.get(id)
      return known ? `**${inert(known.name, 80)}**${known.gone ? ` (deleted ${known.is})` : ''}` : code(id)
    },
    code,
    message: (guildId, channelId, id) =>
      `[a message](https://discord.com/channels/${guildId}/${channelId}/${id})`,
    time: (time) => `<t:${Math.floor(time / 1000)}:f>`,
    name: (name) => `**${inert(name, 80)}**`,
    text: inert,
  }
}

/** An id, or other characters that mean nothing by themselves. */
export function code(id: string): string {
  return `\`${plainText(id, 60).replaceAll('`', 'ˋ')}\``
}

/** For menus, files and other places that show characters as they are. */
export function plain(names: Names): Voice {
  const named = (mark: string) => (id: string) => {
    const known = names.get(id)
    const gone = known?.gone && known.is !== 'user' && known.is !== 'bot' ? ` (deleted ${known.is})` : ''
    return `${mark}${isolated(plainText(known?.name ?? id, 32))}${gone}`
  }
  return {
    user: named('@'),
    target: named('@'),
    channel: named('#'),
    role: named('@'),
    thing: named(''),
    code: (id) => plainText(id, 60),
    message: (_guildId, _channelId, id) => `message ${id}`,
    time: utcMoment,
    name: (name) => `“${isolated(plainText(name, 40))}”`,
    text: (text, longest) => isolated(plainText(text, longest)),
  }
}
