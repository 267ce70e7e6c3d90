import { flagNames, namesOfBits, readBits, spaced } from '../../audit-log/named-bits.ts'
import type { EntityType } from '../../names/named-entity.ts'
import { isSnowflake, timeOf } from '../../snowflake.ts'
import { formatNumber } from '../../text/numbers.ts'
import { inWords } from '../../time/duration.ts'
import { momentIn } from '../../time/moment.ts'
import { DAY, SECOND } from '../../time/units.ts'
import { type Mentionable, NONE, text as textOf, type Value, words } from '../value.ts'

/** Reads a value that is set; undefined for one it does not understand, which is then shown as Discord sent it. */
export type Reader = (sent: unknown) => Value | undefined

/** Text as it is. */
export const asText: Reader = (sent) => (typeof sent === 'string' ? textOf(sent) : undefined)

/** For a setting: `on` or `off`. */
export const onOff: Reader = (sent) => (typeof sent === 'boolean' ? words(sent ? 'on' : 'off') : undefined)

/** For a property: `yes` or `no`. */
export const yesNo: Reader = (sent) => (typeof sent === 'boolean' ? words(sent ? 'yes' : 'no') : undefined)

/** The opposite, for a label that says the opposite of Discord's key. */
export const noYes: Reader = (sent) => (typeof sent === 'boolean' ? yesNo(!sent) : undefined)

/** A number: `1,234`. */
export const number = counting((amount) => formatNumber(amount))

/** A time, sent in ISO 8601. */
export const time: Reader = (sent) => {
  const at = momentIn(sent)
  return at === undefined ? undefined : { type: 'time', time: at }
}

/** The time in a snowflake, for ids that stand for a time, such as that of an event's exception. */
export const timeInId: Reader = (sent) =>
  isSnowflake(sent) ? { type: 'time', time: timeOf(sent) } : undefined

/** A duration, sent in seconds. `never` is shown for 0. */
export function seconds(never: string): Reader {
  return counting((amount) => (amount === 0 ? never : inWords(amount)))
}

/** A duration, sent in minutes. */
export const minutes = counting((amount) => inWords(amount * 60))
/** A duration, sent in days. */
export const days = counting((amount) => inWords((amount * DAY) / SECOND))
/** A bitrate, sent in bits per second. */
export const kilobits = counting((amount) => `${formatNumber(amount / 1000)} kbps`)
/** A fraction of 1, as a percentage. */
export const percent = counting((amount) => `${Math.round(amount * 100)}%`)

/** A limit. 0 means no limit. */
export const limit = counting((amount) => (amount === 0 ? 'no limit' : formatNumber(amount)))

/** A colour, sent as a number: `#ff8800`. 0 means the default. */
export const colour = counting((rgb) => (rgb === 0 ? 'default' : `#${rgb.toString(16).padStart(6, '0')}`))

/** Something that can be mentioned, by its id. */
export function mention(type: Mentionable): Reader {
  return (sent) => (isSnowflake(sent) ? { type, id: sent } : undefined)
}

/** Something by its id, and its type where the key says it. */
export function entity(entityType?: EntityType): Reader {
  return (sent) =>
    isSnowflake(sent) ? { type: 'entity', id: sent, ...(entityType && { entityType }) } : undefined
}

/** An id or another code that no name can be looked up for. */
export const code: Reader = (sent) =>
  typeof sent === 'string' || typeof sent === 'number' ? { type: 'code', code: String(sent) } : undefined

/** A value of one of Discord's enums: the chosen name, or its name in the enum in lower case. `none` is no value. */
export function oneOf(
  names: Readonly<Record<string, string | number>>,
  chosen: Readonly<Record<string, string>> = {},
): Reader {
  const byValue = new Map(
    Object.entries(names).flatMap(([name, value]) => {
      const shown = chosen[name] ?? spaced(name).toLowerCase()
      return /^\d+$/.test(name) ? [] : [[String(value), shown === 'none' ? NONE : words(shown)]]
    }),
  )
  return (sent) =>
    typeof sent === 'number' || typeof sent === 'string' ? byValue.get(String(sent)) : undefined
}

/** Flags: the chosen names, or their names in the enum in lower case. */
export function flags(
  names: Readonly<Record<string, string | number>>,
  chosen: Readonly<Record<string, string>> = {},
): Reader {
  const known = flagNames(names, chosen)
  return (sent) => {
    const bits = readBits(sent)
    if (bits === undefined) return undefined
    return bits === 0n ? NONE : words(namesOfBits(bits, known).join(', '))
  }
}

/** A list, with a reader for its items. An empty list is no value. */
export function listOf(reads: Reader): Reader {
  return (sent) => {
    if (!Array.isArray(sent)) return undefined
    const items = sent.map(reads)
    if (!items.every((item) => item !== undefined)) return undefined
    return items.length === 0 ? NONE : { type: 'list', items }
  }
}

/** A language by its English name: American English for `en-US`. */
export const language: Reader = (sent) => {
  if (typeof sent !== 'string') return undefined
  try {
    return words(new Intl.DisplayNames('en', { type: 'language' }).of(sent) ?? sent)
  } catch {
    return undefined
  }
}

function counting(format: (amount: number) => string): Reader {
  return (sent) => {
    const amount = typeof sent === 'string' && /^\d+(\.\d+)?$/.test(sent) ? Number(sent) : sent
    return typeof amount === 'number' && Number.isFinite(amount) && amount >= 0
      ? words(format(amount))
      : undefined
  }
}
