import { flagNames, namesOfBits, readBits, spaced } from '../../audit-log/named-bits.ts'
import type { EntityType } from '../../names/named-entity.ts'
import { isSnowflake, timeOf } from '../../snowflake.ts'
import { formatNumber } from '../../text/numbers.ts'
import { inWords } from '../../time/duration.ts'
import { momentIn } from '../../time/moment.ts'
import { DAY, SECOND } from '../../time/units.ts'
import { type Mentionable, NONE, text as textOf, type Value, words } from '../value.ts'

/** Reads a value that is set; undefined for one it does not understand, which is then shown as it was sent. */
export type Reader = (sent: unknown) => Value | undefined

/** A text as it is. */
export const asText: Reader = (sent) => (typeof sent === 'string' ? textOf(sent) : undefined)

/** For what is switched: `on` or `off`. */
export const onOff: Reader = (sent) => (typeof sent === 'boolean' ? words(sent ? 'on' : 'off') : undefined)

/** For what something is or has: `yes` or `no`. */
export const yesNo: Reader = (sent) => (typeof sent === 'boolean' ? words(sent ? 'yes' : 'no') : undefined)

/** For a label that says the opposite of what Discord's key says. */
export const noYes: Reader = (sent) => (typeof sent === 'boolean' ? yesNo(!sent) : undefined)

/** A number: `1,234`. */
export const number = counting((amount) => formatNumber(amount))

/** A moment that is sent in ISO 8601. */
export const time: Reader = (sent) => {
  const at = momentIn(sent)
  return at === undefined ? undefined : { is: 'time', time: at }
}

/** The moment in a snowflake, for ids that stand for it, such as that of an event's exception. */
export const timeInId: Reader = (sent) => (isSnowflake(sent) ? { is: 'time', time: timeOf(sent) } : undefined)

/** A length of time that is sent in seconds; `never` is what none at all means. */
export function seconds(never: string): Reader {
  return counting((amount) => (amount === 0 ? never : inWords(amount)))
}

/** A length of time that is sent in minutes. */
export const minutes = counting((amount) => inWords(amount * 60))
/** A length of time that is sent in days. */
export const days = counting((amount) => inWords((amount * DAY) / SECOND))
/** A bitrate that is sent in bits per second. */
export const kilobits = counting((amount) => `${formatNumber(amount / 1000)} kbps`)
/** A share of one, as per cent. */
export const percent = counting((amount) => `${Math.round(amount * 100)}%`)

/** A limit; 0 is none. */
export const limit = counting((amount) => (amount === 0 ? 'no limit' : formatNumber(amount)))

/** A colour that is sent as a number: `#ff8800`. 0 is the default. */
export const colour = counting((rgb) => (rgb === 0 ? 'default' : `#${rgb.toString(16).padStart(6, '0')}`))

/** Something that can be mentioned, by its id. */
export function mention(type: Mentionable): Reader {
  return (sent) => (isSnowflake(sent) ? { is: type, id: sent } : undefined)
}

/** Something by its id, and what it is where the key says so. */
export function thing(type?: EntityType): Reader {
  return (sent) => (isSnowflake(sent) ? { is: 'thing', id: sent, ...(type && { type }) } : undefined)
}

/** An id or another code that has no name here. */
export const code: Reader = (sent) =>
  typeof sent === 'string' || typeof sent === 'number' ? { is: 'code', code: String(sent) } : undefined

/** An enum of Discord's, by its names in lower case, or by words of ours. The name `none` is read as no value. */
export function oneOf(
  names: Readonly<Record<string, string | number>>,
  ours: Readonly<Record<string, string>> = {},
): Reader {
  const byValue = new Map(
    Object.entries(names).flatMap(([name, value]) => {
      const said = ours[name] ?? spaced(name).toLowerCase()
      return /^\d+$/.test(name) ? [] : [[String(value), said === 'none' ? NONE : words(said)]]
    }),
  )
  return (sent) =>
    typeof sent === 'number' || typeof sent === 'string' ? byValue.get(String(sent)) : undefined
}

/** Flags by their names in lower case, or by words of ours. */
export function flags(
  names: Readonly<Record<string, string | number>>,
  ours: Readonly<Record<string, string>> = {},
): Reader {
  const known = flagNames(names, ours)
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

function counting(say: (amount: number) => string): Reader {
  return (sent) => {
    const amount = typeof sent === 'string' && /^\d+(\.\d+)?$/.test(sent) ? Number(sent) : sent
    return typeof amount === 'number' && Number.isFinite(amount) && amount >= 0
      ? words(say(amount))
      : undefined
  }
}
