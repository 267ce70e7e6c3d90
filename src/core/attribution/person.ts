import { isSnowflake, type Snowflake } from '../snowflake.ts'
import { AFTER_NAME, BEGINS_SENTENCE, NOT_A_NAME, NUMBERED } from './words.ts'

/** A person that a text names. */
export interface Person {
  readonly id: Snowflake | undefined
  /** In lower case, as names are looked up; undefined where the text has only an id. */
  readonly name: string | undefined
  /**
   * How the person is named. An id or a discriminator identifies a user for certain; a `username` has the form that
   * Discord requires of usernames; a `name` can be any text.
   */
  readonly by: 'id' | 'tag' | 'name and id' | 'username' | 'name'
  /** The text after it. */
  readonly rest: string
}

/** The most characters of a name in Discord, and of a name with quotes and marks around it. */
const LONGEST_NAME = 32
const LONGEST_READ = 72

const OPENS = /^[\s@"'“”‘’«»]+/u
const CLOSES = /[\s"'“”‘’«»]+$/u
const USERNAME = /^(?!.*\.\.)(?=.*[a-z_])[a-z0-9_.]{2,32}$/
const DURATION = /^\d+(?:s|m|h|d|w|y|mo|mins?|hrs?|days?)$/
const VISIBLE = /[\p{L}\p{N}\p{Extended_Pictographic}_]/u

/** An id as bots write it, alone or beside a name: `123`, `<@123>`, `ID: 123`, `User ID 123` */
const ID = '(?:<@!?)?(?:(?:user\\s?)?u?id[\\s:=#]*)?(?<id>\\d{17,19})(?!\\d)>?'
const ID_ALONE = new RegExp(`^${ID}`, 'iu')
const ID_BESIDE = `[\\s-]?[([{]\\s?${ID}\\s?[)\\]}]`
const ID_AFTER_TAG = new RegExp(`^${ID_BESIDE}`, 'iu')

/** Names from before 2023 can contain nearly anything. Only a discriminator or an id shows where they end. */
const TAG = /^(?<name>[^#@:\n]{1,31}[^\s#@:])#(?:\d{4}|0)(?!\d)/u
const NAME_AND_ID = new RegExp(`^(?<name>[^#@:\\n]{2,32}?)${ID_BESIDE}`, 'iu')

/** The end of a name without a discriminator or an id. */
const END = new RegExp(
  `[\\p{Cc}|•·;()[\\]{}<>#@—]|\\s[-–~/]+\\s|[:,.!?](?=\\s|$)|\\s{2}|\\s(?:${AFTER_NAME})(?=[\\s:]|$)`,
  'iu',
)
const PARTS_WITHIN = /[\n|•·;—]|\s[-–~/]+(?:\s|$)|[,.!?](?:\s|$)/u
const SENTENCE_WITHIN = new RegExp(`\\s(?:by|por|${AFTER_NAME})(?=\\s|$)`, 'iu')

/** The person whom a text begins with. */
export function personAt(text: string): Person | undefined {
  const bare = text.slice(0, 2 * LONGEST_READ).replace(OPENS, '')
  const named = withName(bare)
  const tagged = withTag(bare)
  // `alice | bob#0001` is a user and typed text, rather than a user with an odd name.
  const isTwo = named?.by === 'username' && PARTS_WITHIN.test(tagged?.name ?? '')
  return withId(bare) ?? (isTwo ? named : (tagged ?? named))
}

/** Whether a text without a discriminator or id can be a name, rather than a word of the reason. */
export function canBeName(name: string): boolean {
  const [first = ''] = name.split(/\s/, 1)
  return [...name].length > 1 && !BEGINS_SENTENCE.has(first) && !NOT_A_NAME.has(name) && !DURATION.test(name)
}

function folded(raw: string): string | undefined {
  const name = raw.replace(CLOSES, '').normalize('NFC').toLowerCase().normalize('NFC').trim()
  return VISIBLE.test(name) && [...name].length <= LONGEST_NAME ? name : undefined
}

function withId(text: string): Person | undefined {
  const found = ID_ALONE.exec(text)
  const id = found?.groups?.id
  if (!found || !isSnowflake(id)) return undefined
  return { id, name: undefined, by: 'id', rest: text.slice(found[0].length) }
}

function withTag(text: string): Person | undefined {
  const tag = TAG.exec(text)
  const found = tag ?? NAME_AND_ID.exec(text)
  const raw = found?.groups?.name ?? ''
  const name = folded(raw)
  if (!found || !name || SENTENCE_WITHIN.test(raw) || NUMBERED.has(name)) return undefined
  if (!tag && PARTS_WITHIN.test(raw)) return undefined
  const after = text.slice(found[0].length)
  const beside = tag ? ID_AFTER_TAG.exec(after) : found
  const id = beside?.groups?.id
  const rest = tag ? after.slice(beside?.[0].length ?? 0) : after
  return { id: isSnowflake(id) ? id : undefined, name, by: tag ? 'tag' : 'name and id', rest }
}

function withName(text: string): Person | undefined {
  const end = text.slice(0, LONGEST_READ).search(END)
  const raw = end < 0 ? text.slice(0, LONGEST_READ) : text.slice(0, end)
  const name = folded(raw)
  if (!name || SENTENCE_WITHIN.test(raw) || !canBeName(name)) return undefined
  const by = USERNAME.test(raw.replace(CLOSES, '')) ? 'username' : 'name'
  return { id: undefined, name, by, rest: text.slice(raw.trimEnd().length) }
}
