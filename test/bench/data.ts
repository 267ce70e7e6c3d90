import { Random } from '../../sandbox/town/random.ts'
import { type Entry, parseEntry } from '../../src/core/audit-log/entry.ts'
import type { NameObservation } from '../../src/core/names/named-entity.ts'
import { firstIdAt, type Snowflake } from '../../src/core/snowflake.ts'

/** The guild with a million entries, and where its 90 days end. */
export const BIG_GUILD = '900000000000000000'
export const END = Date.UTC(2026, 10, 24)
export const DAYS = 90
export const ENTRIES = 1_000_000
export const MODERATORS = Array.from({ length: 30 }, (_, index) =>
  String(800_000_000_000_000_000n + BigInt(index)),
)
export const CHANNELS = Array.from({ length: 200 }, (_, index) =>
  String(700_000_000_000_000_000n + BigInt(index)),
)
/** The bots among the moderators. They act on behalf of others, and most of their reasons say so. */
export const BOTS: ReadonlySet<string> = new Set(MODERATORS.slice(-5))
/** The id of the most frequent target; less frequent ones have higher ids. */
export const MEMBERS = 600_000_000_000_000_000n

/** What moderators of a large guild do, by weight. Some types never occur, so that the benchmark can search for them. */
const ACTION_WEIGHTS: readonly (readonly [type: number, weight: number])[] = [
  [72, 55],
  [73, 2],
  [24, 12],
  [25, 8],
  [22, 6],
  [20, 3],
  [26, 4],
  [27, 3],
  [11, 2],
  [14, 1],
  [74, 2],
  [23, 1],
  [110, 1],
]

/** A million entries of 90 days, the same in every run, oldest first. */
export function* entriesOf(guildId: Snowflake, howMany = ENTRIES): Generator<Entry> {
  const random = new Random(Number(BigInt(guildId) % 1_000_003n))
  const start = END - DAYS * 86_400_000
  for (let index = 0; index < howMany; index++) {
    const id = BigInt(firstIdAt(start + (index / howMany) * DAYS * 86_400_000)) + BigInt(index & 0xfff)
    const parsed = parseEntry(guildId, payload(String(id), random))
    if ('entry' in parsed) yield parsed.entry
  }
}

function payload(id: Snowflake, random: Random) {
  const type = random.weighted(ACTION_WEIGHTS)
  const channel = CHANNELS[Math.floor(random.next() * CHANNELS.length)]
  const member = String(MEMBERS + BigInt(Math.floor(random.next() ** 2 * 200_000)))
  // A few moderators do most of the work.
  const user_id = MODERATORS[Math.floor(random.next() ** 2 * MODERATORS.length)]
  const common = { id, action_type: type, user_id, target_id: type === 73 || type === 11 ? channel : member }
  if (type === 72)
    return { ...common, options: { channel_id: channel, count: String(1 + Math.floor(random.next() * 4)) } }
  if (type === 73) return { ...common, options: { count: String(2 + Math.floor(random.next() * 98)) } }
  if (type === 26 || type === 27)
    return { ...common, target_id: null, options: { channel_id: channel, count: '1' } }
  if (type === 25)
    return { ...common, changes: [{ key: '$add', new_value: [{ id: channel, name: 'Member' }] }] }
  if (BOTS.has(user_id ?? '') && random.next() < 0.8) {
    return { ...common, reason: `Banned by mod${Math.floor(random.next() * 25)}: spam` }
  }
  if (type === 24) return { ...common, ...timeout(random) }
  return {
    ...common,
    ...(random.next() < 0.6 && { reason: `Rule ${Math.floor(random.next() * 12)}: see the pinned message` }),
  }
}

function timeout(random: Random) {
  const until = new Date(END + Math.floor(random.next() * 1e9)).toISOString()
  return random.next() < 0.5
    ? { reason: 'Cool down, please', changes: [{ key: 'communication_disabled_until', new_value: until }] }
    : { changes: [{ key: 'nick', old_value: 'before', new_value: 'after' }] }
}

const NAMED_MEMBERS = 100_000

const SYLLABLES = [
  'an',
  'be',
  'cor',
  'da',
  'el',
  'fi',
  'gra',
  'ho',
  'is',
  'ju',
  'ka',
  'lo',
  'mi',
  'nor',
  'ü',
  'zo',
]

/** The names of 100,000 members. */
export function memberNames(): NameObservation[] {
  const random = new Random(1)
  return Array.from({ length: NAMED_MEMBERS }, (_, index) => ({
    id: String(MEMBERS + BigInt(index)),
    type: 'user',
    at: firstIdAt(END),
    presence: 'present',
    name: `${Array.from({ length: random.whole(2, 5) }, () => random.pick(SYLLABLES)).join('')}${index % 100}`,
  }))
}

export function moderatorNames(): NameObservation[] {
  return MODERATORS.map((id, index) => ({
    id,
    type: BOTS.has(id) ? 'bot' : 'user',
    at: firstIdAt(END),
    presence: 'present',
    name: `Moderator ${index}`,
    alias: `mod${index}`,
  }))
}
