import { isSnowflake, type Snowflake } from '../snowflake.ts'
import { AFTER_NAME, BEGINS_PROSE, COUNTED, NO_NAME } from './words.ts'

/** Somebody a text names. */
export interface Person {
  readonly id: Snowflake | undefined
  /** Folded, as names are looked up; undefined where only an id stands. */
  readonly name: string | undefined
  /** An id or a discriminator names a user for certain; a username is written as Discord writes them; a name is any. */
  readonly by: 'id' | 'tag' | 'name and id' | 'username' | 'name'
  /** What follows. */
  readonly rest: string
}

/** Discord's longest name, and how far a name is looked for with what may stand round it. */
const LONGEST_NAME = 32
const LONGEST_READ = 72

const OPENS = /^[\s@"'“”‘’«»]+/u
const CLOSES = /[\s"'“”‘’«»]+$/u
const USERNAME = /^(?!.*\.\.)(?=.*[a-z_])[a-z0-9_.]{2,32}$/
const DURATION = /^\d+(?:s|m|h|d|w|y|mo|mins?|hrs?|days?)$/
const SOMETHING_SEEN = /[\p{L}\p{N}\p{Extended_Pictographic}_]/u

/** An id as bots write it alone or beside a name: `123`, `<@123>`, `ID: 123`, `User ID 123`. */
const ID = '(?:<@!?)?(?:(?:user\\s?)?u?id[\\s:=#]*)?(?<id>\\d{17,19})(?!\\d)>?'
const ID_ALONE = new RegExp(`^${ID}`, 'iu')
const ID_BESIDE = `[\\s-]?[([{]\\s?${ID}\\s?[)\\]}]`
const ID_AFTER_TAG = new RegExp(`^${ID_BESIDE}`, 'iu')

/** Names of before 2023 hold anything but what Discord forbade: only a discriminator or an id says where they end. */
const TAG = /^(?<name>[^#@:\n]{1,31}[^\s#@:])#(?:\d{4}|0)(?!\d)/u
const NAME_AND_ID = new RegExp(`^(?<name>[^#@:\\n]{2,32}?)${ID_BESIDE}`, 'iu')

/** Where a name ends that has neither. */
const END = new RegExp(
  `[\\p{Cc}|•·;()[\\]{}<>#@—]|\\s[-–~/]+\\s|[:,.!?](?=\\s|$)|\\s{2}|\\s(?:${AFTER_NAME})(?=[\\s:]|$)`,
  'iu',
)
const PARTS_WITHIN = /[\n|•·;—]|\s[-–~/]+(?:\s|$)|[,.!?](?:\s|$)/u
const PROSE_WITHIN = new RegExp(`\\s(?:by|por|${AFTER_NAME})(?=\\s|$)`, 'iu')

/** Reads who is named where a text begins. */
export function personAt(text: string): Person | undefined {
  const bare = text.slice(0, 2 * LONGEST_READ).replace(OPENS, '')
  const named = withName(bare)
  const tagged = withTag(bare)
  // `alice | bob#0001` is a user and what was typed, rather than a user of an odd name.
  const isTwo = named?.by === 'username' && PARTS_WITHIN.test(tagged?.name ?? '')
  return withId(bare) ?? (isTwo ? named : (tagged ?? named))
}

/** Whether a name without discriminator or id can be somebody's, and is not a word of the reason. */
export function canBeName(name: string): boolean {
  const [first = ''] = name.split(/\s/, 1)
  return [...name].length > 1 && !BEGINS_PROSE.has(first) && !NO_NAME.has(name) && !DURATION.test(name)
}

function folded(raw: string): string | undefined {
  const name = raw.replace(CLOSES, '').normalize('NFC').toLowerCase().normalize('NFC').trim()
  return SOMETHING_SEEN.test(name) && [...name].length <= LONGEST_NAME ? name : undefined
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
  if (!found || !name || PROSE_WITHIN.test(raw) || COUNTED.has(name)) return undefined
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
  if (!name || PROSE_WITHIN.test(raw) || !canBeName(name)) return undefined
  const by = USERNAME.test(raw.replace(CLOSES, '')) ? 'username' : 'name'
  return { id: undefined, name, by, rest: text.slice(raw.trimEnd().length) }
}
