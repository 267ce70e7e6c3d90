import type { Dated } from './calendar.ts'
import { readDate } from './date.ts'
import { asciiDigits } from './digits.ts'
import { inert } from './inert.ts'
import { compareIds, firstIdAt, idAfter, isSnowflake, type Snowflake, timeOf } from './snowflake.ts'
import { UserError } from './user-error.ts'
import { utcMoment, utcWeekday } from './utc.ts'

/** What a text about time means: a date, or the very message or entry named. */
type When = Dated | { readonly at: 'id'; readonly id: Snowflake }

/** Where and when something was typed: times are read from that moment, and links must point into that guild. */
export interface Asked {
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

const DAY = 86_400_000

const UNITS: readonly (readonly [name: RegExp, length: number])[] = [
  [/^(?:mo|months?)$/, 30 * DAY],
  [/^s/, 1000],
  [/^m/, 60_000],
  [/^h/, 3_600_000],
  [/^d/, DAY],
  [/^w/, 7 * DAY],
  [/^y/, 365 * DAY],
]

const LENGTH =
  /(\d{1,12}(?:\.\d{1,6})?)\s*(mo(?:nths?)?|s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:eeks?|ks?)?|y(?:(?:ea)?rs?)?)/

/** Lengths that are added up: `1d12h`, `1 hour and 30 minutes`. */
const LENGTHS = new RegExp(`^(?:${LENGTH.source}[\\s,]*(?:and\\s+)?)+(?:ago)?$`)

const EXAMPLES =
  'Try `24h`, `7d`, `2 weeks ago`, `yesterday`, `2026-08-01` or `2026-08-01 14:00` (UTC), or paste a message link or an id.'

/**
 * The window that `since` and `until` describe. Times are in UTC unless they say otherwise.
 * @param defaultLength how far back the window reaches when `since` is absent, in milliseconds; absent for no bound
 * @throws UserError for a time that cannot be read, that lies ahead, or a `since` that is not before `until`
 */
export function windowOf(
  { since, until }: { since?: string | undefined; until?: string | undefined },
  asked: Asked,
  defaultLength?: number,
): Window {
  const to = until === undefined ? undefined : upperBound(readWhen(until, 'until', asked))
  const end = to === undefined ? asked.now : Math.min(timeOf(to), asked.now)
  const byDefault = defaultLength === undefined ? undefined : firstIdAt(end - defaultLength)
  const from = since === undefined ? byDefault : lowerBound(readWhen(since, 'since', asked))
  if (from !== undefined && to !== undefined && compareIds(from, to) >= 0) {
    throw new UserError(
      `\`since\` (${utcMoment(timeOf(from))}) must lie before \`until\` (${utcMoment(timeOf(to))}). ` +
        'Swap them, or leave one out.',
    )
  }
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
}

/** How a time is understood, for autocomplete: `Tue 17 Nov 2026, 14:05 UTC`. */
export function explainWhen(text: string, option: 'since' | 'until', asked: Asked): string {
  const when = readWhen(text, option, asked)
  const bound = option === 'since' ? lowerBound(when) : upperBound(when)
  return `${utcWeekday(timeOf(bound))} ${utcMoment(timeOf(bound))}`
}

function lowerBound(when: When): Snowflake {
  return when.at === 'id' ? idAfter(when.id) : firstIdAt(when.time)
}

function upperBound(when: When): Snowflake {
  const bound = when.at === 'id' ? when.id : firstIdAt(when.at === 'stretch' ? when.end : when.time)
  if (bound === '0') throw new UserError(`\`until\` lies before Discord began, in 2015. ${EXAMPLES}`)
  return bound
}

function readWhen(text: string, option: 'since' | 'until', asked: Asked): When {
  const typed = asciiDigits(text.trim())
  const when =
    readId(typed, asked) ??
    readJoining(typed, asked) ??
    readTimestamp(typed) ??
    readLength(typed, asked) ??
    readDate(typed, asked.now)
  if (!when)
    throw new UserError(`I cannot read “${inert(text, 80)}” as a time for \`${option}\`. ${EXAMPLES}`)
  const time = when.at === 'id' ? timeOf(when.id) : when.time
  if (time > asked.now + 60_000) {
    throw new UserError(`\`${option}\` lies in the future (${utcMoment(time)}). ${EXAMPLES}`)
  }
  return when
}

/** A message link, or the id of a message or an entry. */
function readId(typed: string, asked: Asked): When | undefined {
  const link = /^<?https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/(\d+|@me)\/\d+\/(\d+)>?$/.exec(typed)
  if (link && link[1] !== asked.guildId) {
    throw new UserError('That link points to another server. Copy the link of a message in this one.')
  }
  const id = link ? link[2] : typed
  return isSnowflake(id) && id.length >= 15 ? { at: 'id', id } : undefined
}

function readJoining(typed: string, { joinedAt }: Asked): When | undefined {
  return typed.toLowerCase() === BOT_JOINED && joinedAt !== undefined
    ? { at: 'moment', time: joinedAt }
    : undefined
}

/** `<t:1785585600:R>`, as Discord writes a moment in a message. */
function readTimestamp(typed: string): When | undefined {
  const seconds = /^<t:(\d{1,11})(?::[a-zA-Z])?>$/.exec(typed)?.[1]
  return seconds === undefined ? undefined : { at: 'moment', time: Number(seconds) * 1000 }
}

/** `24h`, `7d`, `1d12h`, `1.5h`, `2 weeks`: how long ago. */
function readLength(typed: string, asked: Asked): When | undefined {
  const text = typed.toLowerCase()
  if (!LENGTHS.test(text)) return undefined
  const length = [...text.matchAll(new RegExp(LENGTH, 'g'))].reduce(
    (sum, [, amount, unit = '']) =>
      sum + Number(amount) * (UNITS.find(([name]) => name.test(unit))?.[1] ?? 0),
    0,
  )
  return { at: 'moment', time: asked.now - length }
}
