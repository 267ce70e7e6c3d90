import { inWords } from './duration.ts'
import { isRecord } from './entry.ts'
import { flagNames, namesOfBits, readBits, spaced } from './named-bits.ts'
import { isSnowflake } from './snowflake.ts'
import { type Mentionable, NONE, phrase, text as textOf, type Value, words } from './value.ts'
import { written } from './words.ts'

/** Reads a value that is set; undefined for one it does not understand, which is then shown as it was sent. */
export type Reader = (sent: unknown) => Value | undefined

export const asText: Reader = (sent) => (typeof sent === 'string' ? textOf(sent) : undefined)

export const onOff: Reader = (sent) => (typeof sent === 'boolean' ? words(sent ? 'on' : 'off') : undefined)

export const number = counting((amount) => written(amount))

export const time: Reader = (sent) => {
  const at = typeof sent === 'string' ? Date.parse(sent) : Number.NaN
  return Number.isNaN(at) ? undefined : { is: 'time', time: at }
}

/** A length of time that is sent in seconds; `never` is what none at all means. */
export function seconds(never: string): Reader {
  return counting((amount) => (amount === 0 ? never : inWords(amount)))
}

export const minutes = counting((amount) => inWords(amount * 60))
export const days = counting((amount) => inWords(amount * 86_400))
export const kilobits = counting((amount) => `${written(amount / 1000)} kbps`)
export const percent = counting((amount) => `${Math.round(amount * 100)}%`)

/** A limit; 0 is none. */
export const limit = counting((amount) => (amount === 0 ? 'no limit' : written(amount)))

export const colour = counting((rgb) => (rgb === 0 ? 'default' : `#${rgb.toString(16).padStart(6, '0')}`))

export function mention(is: Mentionable | 'thing'): Reader {
  return (sent) => (isSnowflake(sent) ? { is, id: sent } : undefined)
}

/** An enum of Discord's, by its names in lower case, or by words of ours. */
export function oneOf(
  names: Readonly<Record<string, string | number>>,
  ours: Readonly<Record<string, string>> = {},
): Reader {
  const byValue = new Map(
    Object.entries(names).flatMap(([name, value]) =>
      /^\d+$/.test(name) ? [] : [[String(value), ours[name] ?? spaced(name).toLowerCase()]],
    ),
  )
  return (sent) => {
    const name = typeof sent === 'number' || typeof sent === 'string' ? byValue.get(String(sent)) : undefined
    return name === undefined ? undefined : words(name)
  }
}

/** Flags by their names. */
export function flags(names: Readonly<Record<string, string | number>>): Reader {
  const known = flagNames(names)
  return (sent) => {
    const bits = readBits(sent)
    if (bits === undefined) return undefined
    return bits === 0n ? NONE : words(namesOfBits(bits, known).join(', '))
  }
}

/** A list, of which each item is read; empty is none. */
export function listOf(reads: Reader): Reader {
  return (sent) => {
    if (!Array.isArray(sent)) return undefined
    const items = sent.map(reads)
    if (!items.every((item) => item !== undefined)) return undefined
    return items.length === 0 ? NONE : { is: 'list', items }
  }
}

/** A language by its English name: `en-US` is American English. */
export const language: Reader = (sent) => {
  if (typeof sent !== 'string') return undefined
  try {
    return words(new Intl.DisplayNames('en', { type: 'language' }).of(sent) ?? sent)
  } catch {
    return undefined
  }
}

/** The colours of a role: one, two for a gradient, or three for a holographic style. */
export const colours: Reader = (sent) => {
  if (!isRecord(sent)) return undefined
  const given = [sent.primary_color, sent.secondary_color, sent.tertiary_color].filter((each) => each != null)
  const read = given.map(colour)
  return read.every((each) => each !== undefined) ? phrase(...read) : undefined
}

/** An emoji of the guild's own by its id, or any other by itself. */
export const emoji: Reader = (sent) => {
  if (!isRecord(sent)) return undefined
  const { emoji_id, emoji_name, id, name } = sent
  const [ownId, shown] = [emoji_id ?? id, emoji_name ?? name]
  if (typeof shown === 'string' && shown !== '') return textOf(shown)
  return isSnowflake(ownId) ? { is: 'thing', id: ownId } : undefined
}

/** A tag of a forum: its emoji, its name, and whether moderators alone may set it. */
export const tag: Reader = (sent) => {
  if (!isRecord(sent) || typeof sent.name !== 'string') return undefined
  const mark = emoji({ emoji_id: sent.emoji_id, emoji_name: sent.emoji_name })
  return phrase(
    ...(mark ? [mark] : []),
    textOf(sent.name),
    ...(sent.moderated === true ? [words('(moderators only)')] : []),
  )
}

/** A question, an answer or a task by its title, and the roles and channels that go with it. */
export const placed: Reader = (sent) => {
  if (!isRecord(sent) || typeof sent.title !== 'string') return undefined
  const channels = [...idsIn(sent.channel_ids), ...idsIn([sent.channel_id])]
  return phrase(
    textOf(sent.title),
    ...idsIn(sent.role_ids).map((id): Value => ({ is: 'role', id })),
    ...channels.map((id): Value => ({ is: 'channel', id })),
  )
}

function idsIn(sent: unknown): string[] {
  return Array.isArray(sent) ? sent.filter(isSnowflake) : []
}

function counting(say: (amount: number) => string): Reader {
  return (sent) => {
    const amount = typeof sent === 'string' && /^\d+(\.\d+)?$/.test(sent) ? Number(sent) : sent
    return typeof amount === 'number' && Number.isFinite(amount) && amount >= 0
      ? words(say(amount))
      : undefined
  }
}
