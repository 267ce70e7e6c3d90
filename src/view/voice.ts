import { inert, plainText } from '../core/inert.ts'
import type { Known } from '../core/known.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { utcMoment } from '../core/utc.ts'

/** How people, places and times are written: as Discord renders them, or in plain characters. */
export interface Voice {
  user(id: Snowflake): string
  channel(id: Snowflake): string
  role(id: Snowflake): string
  /** A moment, in milliseconds since the Unix epoch. */
  time(time: number): string
  /** Text from a user. */
  text(text: string): string
  /** An id that nothing better is known of. */
  id(id: string): string
}

/** For embeds: mentions and timestamps, which Discord shows each reader in their own names and time. */
export const markdown: Voice = {
  user: (id) => `<@${id}>`,
  channel: (id) => `<#${id}>`,
  role: (id) => `<@&${id}>`,
  time: (time) => `<t:${Math.floor(time / 1000)}:f>`,
  text: (text) => `**${inert(text, 80)}**`,
  id: (id) => `\`${plainText(id, 60).replaceAll('`', 'ˋ')}\``,
}

/** For menus and other places that show characters as they are. */
export function plain(names: ReadonlyMap<string, Known>): Voice {
  const named = (mark: string) => (id: Snowflake) => `${mark}${plainText(names.get(id)?.name ?? id, 32)}`
  return {
    user: named('@'),
    channel: named('#'),
    role: named('@'),
    time: utcMoment,
    text: (text) => `“${plainText(text, 40)}”`,
    id: (id) => plainText(id, 32),
  }
}
