import { UserError } from '../errors.ts'
import { compareIds, firstIdAt, idAfter, isSnowflake, type Snowflake, timeOf } from '../snowflake.ts'
import { escapeMarkdown } from '../text/escape.ts'
import { typedText, withHyphens } from '../text/typed.ts'
import type { Dated } from './calendar.ts'
import { readTime } from './date.ts'
import { MINUTE } from './units.ts'
import { utcMoment, utcWeekday } from './utc.ts'

/** What a text about time means: a date, or the very message or entry named. */
type When = Dated | { readonly at: 'id'; readonly id: Snowflake }

/** Where and when something was typed. Links must point into that guild. */
export interface ParseContext {
  /** When it was asked, in milliseconds since the Unix epoch. Relative times are counted from it. */
  readonly now: number
  readonly guildId: Snowflake
  /** When the bot joined the guild, in milliseconds since the Unix epoch, where Discord has said so. */
  readonly joinedAt?: number | undefined
}

/** A text for the moment the bot joined. */
export const BOT_JOINED = 'bot joined'

/** A stretch of time as ids: from the first id that belongs to the first that no longer does. */
export interface Window {
  readonly from?: Snowflake
  readonly to?: Snowflake
}

/** How far ahead of the moment of asking a time may lie, in milliseconds: it may be read off a clock that is fast. */
const LEEWAY = MINUTE

/**
 * The same for an id. One that Discord made is never ahead, but for the clocks of Discord's own machines. Only made-up
 * ids have to be refused, and those lie further ahead.
 */
const LEEWAY_FOR_IDS = 10 * MINUTE

const EXAMPLES =
  'Try `24h`, `7d`, `2 weeks ago`, `yesterday`, `2026-08-01` or `2026-08-01 14:00` (UTC), or paste a message link or an id.'

/**
 * The window that `since` and `until` describe. Times are in UTC unless they say otherwise.
 * @param defaultLength how far back the window reaches when `since` is absent, in milliseconds; absent for no bound
 * @throws UserError for a time that cannot be read, that lies ahead, or a `since` that is not before `until`
 */
export function windowOf(
  { since, until }: { since?: string | undefined; until?: string | undefined },
  asked: ParseContext,
  defaultLength?: number,
): Window {
  const last = until === undefined ? undefined : orThrow(understand(until, 'until', asked))
  const to = last?.bound
  const end = to === undefined ? asked.now : Math.min(timeOf(to), asked.now)
  const byDefault = defaultLength === undefined ? undefined : firstIdAt(end - defaultLength)
  const from = since === undefined ? byDefault : orThrow(understand(since, 'since', asked)).bound
  if (from !== undefined && to !== undefined && compareIds(from, to) >= 0) {
    const both = `\`since\` (${utcMoment(timeOf(from))}) must lie before \`until\` (${utcMoment(timeOf(to))}).`
    throw new UserError(
      `${both} ${last?.next === undefined ? 'Swap them, or leave one out.' : leaveOut(last.next)}`,
    )
  }
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
}

function leaveOut(next: number): string {
  return (
    `\`until\` was read as the last one that has come, because ${utcMoment(next)} is still ahead. ` +
    'Leave `until` out to get everything up to now.'
  )
}

/** A time as a bound of a window, with its explanation; or why it is refused. */
export type Understood =
  | {
      readonly is: 'read'
      readonly bound: Snowflake
      /** `Tue 17 Nov 2026, 14:05 UTC` */
      readonly explained: string
      /** When the text comes next, if it may mean that too: of `15:00` before three o’clock, today’s. */
      readonly next?: number
    }
  | Refused

interface Refused {
  readonly is: 'refused'
  /** The reason in a few words, to follow the typed text: `lies in the future (…)`. */
  readonly why: string
  /** The full sentence, with what would work. */
  readonly sentence: string
}

/** Reads a text as one bound of a window. Times are in UTC unless the text names a time zone. */
export function understand(text: string, option: 'since' | 'until', asked: ParseContext): Understood {
  const typed = withHyphens(typedText(text))
  const link = LINK.exec(typed)
  if (link && link[1] !== asked.guildId) return ELSEWHERE
  const named = readId(link?.[2] ?? typed) ?? readJoining(typed, asked) ?? readTimestamp(typed)
  if (named) return boundAt(named, option, asked)
  const reading = readTime(typed, asked.now)
  if (reading?.is === 'read') return boundAt(reading.dated, option, asked, reading.next)
  if (reading) return refused(option, reading.why)
  const sentence = `I cannot read “${escapeMarkdown(text, 80)}” as a time for \`${option}\`. ${EXAMPLES}`
  return { is: 'refused', why: 'is not understood', sentence }
}

function boundAt(when: When, option: 'since' | 'until', asked: ParseContext, next?: number): Understood {
  const bound = option === 'since' ? lowerBound(when) : upperBound(when)
  // As `until`, days that have begun may end in the future.
  const begins = option === 'until' && when.at !== 'id' ? when.time : timeOf(bound)
  if (begins > asked.now + (when.at === 'id' ? LEEWAY_FOR_IDS : LEEWAY)) {
    return refused(option, `lies in the future (${utcMoment(begins)})`)
  }
  if (option === 'until' && bound === '0') return refused(option, 'lies before Discord began, in 2015')
  const explained = `${utcWeekday(timeOf(bound))} ${utcMoment(timeOf(bound))}`
  return { is: 'read', bound, explained, ...(next !== undefined && { next }) }
}

function refused(option: 'since' | 'until', why: string): Refused {
  return { is: 'refused', why, sentence: `\`${option}\` ${why}. ${EXAMPLES}` }
}

function orThrow(understood: Understood): Exclude<Understood, Refused> {
  if (understood.is === 'refused') throw new UserError(understood.sentence)
  return understood
}

function lowerBound(when: When): Snowflake {
  return when.at === 'id' ? idAfter(when.id) : firstIdAt(when.at === 'end' ? when.end : when.time)
}

function upperBound(when: When): Snowflake {
  return when.at === 'id' ? when.id : firstIdAt(when.at === 'moment' ? when.time : when.end)
}

const LINK = /^<?https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/(\d+|@me)\/\d+\/(\d+)>?$/

const ELSEWHERE: Refused = {
  is: 'refused',
  why: 'points to another server',
  sentence: 'That link points to another server. Copy the link of a message in this one.',
}

/** The id of a message or an entry. */
function readId(typed: string): When | undefined {
  return isSnowflake(typed) && typed.length >= 15 ? { at: 'id', id: typed } : undefined
}

function readJoining(typed: string, { joinedAt }: ParseContext): When | undefined {
  return typed.toLowerCase() === BOT_JOINED && joinedAt !== undefined
    ? { at: 'moment', time: joinedAt }
    : undefined
}

/** `<t:1785585600:R>`, as Discord writes a moment in a message. */
function readTimestamp(typed: string): When | undefined {
  const seconds = /^<t:(\d{1,11})(?::[a-zA-Z])?>$/.exec(typed)?.[1]
  return seconds === undefined ? undefined : { at: 'moment', time: Number(seconds) * 1000 }
}
