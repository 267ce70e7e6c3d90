import { firstIdAt, idAfter, isSnowflake, type Snowflake, timeOf } from '../snowflake.ts'
import { escapeMarkdown } from '../text/escape.ts'
import { typedText, withHyphens } from '../text/typed.ts'
import type { TimeValue } from './calendar.ts'
import { formatMoment, formatWeekday } from './format-time.ts'
import { parseTime } from './parse-time.ts'
import { numericDates } from './time-hints.ts'
import { MINUTE } from './units.ts'

/** Where and when an option was typed. */
export interface ParseContext {
  /** When it was sent, in milliseconds since the Unix epoch. Relative times are counted from it. */
  readonly now: number
  /** Links must point into this guild. */
  readonly guildId: Snowflake
  /** The guild's time zone, an IANA name: what days and times of day mean unless the text names another. */
  readonly timeZone: string
  /** When Custos joined the guild, in milliseconds since the Unix epoch, where Discord has said so. */
  readonly joinedAt?: number | undefined
}

/** The text that means the moment Custos joined the guild. */
export const CUSTOS_JOINED = 'when Custos joined'

/** Forms of that text, including the one that earlier versions suggested. */
const JOINED = /^(?:when )?(?:custos|(?:the )?bot) joined$/i

/** How far in the future a time may be, in milliseconds: the user's clock may be fast. */
const LEEWAY = MINUTE

/**
 * How far in the future an id may be, in milliseconds. Discord's clocks differ by less. An id that is further ahead was
 * made up.
 */
const LEEWAY_FOR_IDS = 10 * MINUTE

/** The zone has its name, because its offset in August may not be that of today. */
function examplesFor({ timeZone }: ParseContext): string {
  return (
    `Try \`24h\`, \`7d\`, \`2 weeks ago\`, \`yesterday\`, \`2026-08-01\` or \`2026-08-01 14:00\` (${timeZone}), ` +
    'or paste a message link or an id.'
  )
}

/** A bound of a window, or why the text is rejected. */
export type ParsedBound = AcceptedBound | RejectedBound

export interface AcceptedBound {
  readonly type: 'parsed'
  readonly bound: Snowflake
  /** `Tue 17 Nov 2026, 14:05 UTC` */
  readonly explained: string
  /** Another meaning in the future, if there is one: at 14:00, `15:00` is parsed as yesterday's, and this is today's. */
  readonly next?: number
}

interface RejectedBound {
  readonly type: 'rejected'
  /** The reason in a few words, to follow the typed text: `is in the future (…)`. */
  readonly reason: string
  /** The full sentence, with examples of what would work. */
  readonly sentence: string
}

/** What a text means: a time, or the id of a message or entry. */
type BoundValue = TimeValue | { readonly type: 'id'; readonly id: Snowflake }

/** Parses a text as one bound of a window. Times are in the guild's time zone unless the text names one. */
export function parseBound(text: string, option: 'since' | 'until', context: ParseContext): ParsedBound {
  const typed = withHyphens(typedText(text))
  const link = LINK.exec(typed)
  if (link && link[1] !== context.guildId) return OTHER_SERVER
  const value = parseId(link?.[2] ?? typed) ?? parseJoined(typed, context) ?? parseTimestamp(typed)
  if (value) return boundAt(value, option, context)
  const parsed = parseTime(typed, context.now, context.timeZone)
  if (parsed?.type === 'parsed') return boundAt(parsed.value, option, context, parsed.next)
  if (parsed) return rejected(option, parsed.reason, context)
  const unread = `“${escapeMarkdown(text, 80)}” cannot be read as a time for \`${option}\`.`
  const sentence = [unread, ...bothMeanings(typed), examplesFor(context)].join(' ')
  return { type: 'rejected', reason: 'is not understood', sentence }
}

/** What is unclear in a date such as `01/08/2026`; nothing for any other text. */
function bothMeanings(typed: string): string[] {
  const [one, other] = [...new Set(numericDates(typed))]
  if (one === undefined || other === undefined) return []
  // What else was typed is part of them.
  if (!/^[\w :-]{1,40}$/.test(one)) return []
  return [`It does not say which number is the day and which is the month: write \`${one}\` or \`${other}\`.`]
}

function boundAt(
  value: BoundValue,
  option: 'since' | 'until',
  context: ParseContext,
  next?: number,
): ParsedBound {
  const bound = option === 'since' ? lowerBound(value) : upperBound(value)
  // For `until`, days may end in the future if they have begun.
  const { now, timeZone } = context
  const begins = option === 'until' && value.type !== 'id' ? value.time : timeOf(bound)
  if (begins > now + (value.type === 'id' ? LEEWAY_FOR_IDS : LEEWAY)) {
    return rejected(option, `is in the future (${formatMoment(begins, timeZone)})`, context)
  }
  if (option === 'until' && bound === '0')
    return rejected(option, 'is before Discord began, in 2015', context)
  const at = timeOf(bound)
  const explained = `${formatWeekday(at, timeZone)} ${formatMoment(at, timeZone)}`
  return { type: 'parsed', bound, explained, ...(next !== undefined && { next }) }
}

function rejected(option: 'since' | 'until', reason: string, context: ParseContext): RejectedBound {
  return { type: 'rejected', reason, sentence: `\`${option}\` ${reason}. ${examplesFor(context)}` }
}

function lowerBound(value: BoundValue): Snowflake {
  return value.type === 'id' ? idAfter(value.id) : firstIdAt(value.type === 'end' ? value.end : value.time)
}

function upperBound(value: BoundValue): Snowflake {
  return value.type === 'id' ? value.id : firstIdAt(value.type === 'moment' ? value.time : value.end)
}

const LINK = /^<?https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/(\d+|@me)\/\d+\/(\d+)>?$/

const OTHER_SERVER: RejectedBound = {
  type: 'rejected',
  reason: 'points to another server',
  sentence: 'That link points to another server. Copy the link of a message in this one.',
}

/** The id of a message or an entry. */
function parseId(typed: string): BoundValue | undefined {
  return isSnowflake(typed) && typed.length >= 15 ? { type: 'id', id: typed } : undefined
}

function parseJoined(typed: string, { joinedAt }: ParseContext): BoundValue | undefined {
  return JOINED.test(typed) && joinedAt !== undefined ? { type: 'moment', time: joinedAt } : undefined
}

/** A timestamp as Discord writes it in a message: `<t:1785585600:R>`. */
function parseTimestamp(typed: string): BoundValue | undefined {
  const seconds = /^<t:(\d{1,11})(?::[a-zA-Z])?>$/.exec(typed)?.[1]
  return seconds === undefined ? undefined : { type: 'moment', time: Number(seconds) * 1000 }
}
