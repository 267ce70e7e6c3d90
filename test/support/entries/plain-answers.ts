import type { Entry } from '../../../src/core/audit-log/entry.ts'
import { Kind } from '../../../src/core/audit-log/kind.ts'
import type { Filter, Kinds } from '../../../src/core/query/filter.ts'
import type { Slice } from '../../../src/core/query/slice.ts'
import type { Party, Tally } from '../../../src/core/query/tally.ts'

/** The only user who is a bot. */
export const A_BOT = '102'

/** Whether an entry matches a filter: the simplest implementation, to compare the archive with. */
export function matches(filter: Filter, entry: Entry): boolean {
  const id = BigInt(entry.id)
  return (
    (filter.executorId === undefined || entry.executorId === filter.executorId) &&
    !(filter.withoutBots && entry.executorId === A_BOT) &&
    (filter.targetId === undefined || isOn(filter, entry)) &&
    (filter.channelId === undefined || entry.channelId === filter.channelId) &&
    (filter.from === undefined || id >= BigInt(filter.from)) &&
    (filter.to === undefined || id < BigInt(filter.to)) &&
    (filter.kinds === undefined || isOneOf(filter.kinds, entry.kind)) &&
    (filter.reason === undefined || contains(entry.reason, filter.reason))
  )
}

/** A slice of a list, by filtering and sorting all entries. */
export function plainList(
  entries: readonly Entry[],
  filter: Filter,
  { order, limit, past, skip = 0 }: Slice,
): Entry[] {
  const direction = order === 'newest' ? -1 : 1
  return entries
    .filter((entry) => matches(filter, entry))
    .filter((entry) => past === undefined || difference(entry.id, past) * direction > 0)
    .sort((a, b) => difference(a.id, b.id) * direction)
    .slice(skip, skip + limit)
}

/** The tally of each key, by counting the entries one by one. */
export function plainTallies<Key>(entries: readonly Entry[], keyOf: (entry: Entry) => Key): Tally<Key>[] {
  return [...Map.groupBy(entries, keyOf)].map(([key, those]) => ({
    key,
    entries: those.length,
    units: those.reduce((sum, entry) => sum + (entry.count ?? 1), 0),
  }))
}

export function partyOf(entry: Entry, party: Party): string | null {
  return { executor: entry.executorId, target: entry.targetId, channel: entry.channelId }[party]
}

/** Tallies ordered by key, so that two lists can be compared. */
export function byKey<Key>(tallies: readonly Tally<Key>[]): Tally<Key>[] {
  return [...tallies].sort((a, b) => (String(a.key) < String(b.key) ? -1 : 1))
}

/** The target types of the kinds that test logs contain. The author of a message can be a webhook. */
const TARGETS: Readonly<Record<number, readonly string[]>> = {
  1: ['guild'],
  12: ['channel'],
  20: ['user'],
  22: ['user'],
  24: ['user'],
  25: ['user'],
  72: ['user', 'webhook'],
  73: ['channel'],
  145: ['user'],
}

/** The possible types of an entry's target; undefined if Discord does not say. */
export function targetTypesOf({ kind }: Entry): readonly string[] | undefined {
  if (kind === Kind.PrunePart) return undefined
  return TARGETS[kind < 0 ? 24 : kind]
}

function isOn({ targetId, targetType }: Filter, entry: Entry): boolean {
  const types = targetTypesOf(entry)
  return (
    entry.targetId === targetId &&
    (targetType === undefined || types === undefined || types.includes(targetType))
  )
}

function isOneOf(kinds: Kinds, kind: number): boolean {
  return 'anyOf' in kinds ? kinds.anyOf.includes(kind) : !kinds.noneOf.includes(kind)
}

function contains(reason: string | null, part: string): boolean {
  return reason?.toLowerCase().includes(part.toLowerCase()) ?? false
}

function difference(a: string, b: string): number {
  return Number(BigInt(a) - BigInt(b))
}
