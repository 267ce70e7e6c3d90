import type { ActivityCount } from '../archive.ts'
import { actionOf } from '../audit-log/action.ts'
import type { Group } from '../audit-log/actions/row.ts'
import type { Snowflake } from '../snowflake.ts'
import { sumOf } from './tally.ts'

/** The parts a moderator's total is split into, in the order in which they are shown. */
export const PARTS = ['bans & kicks', 'timeouts', 'messages deleted', 'roles', 'channels', 'other'] as const
export type Part = (typeof PARTS)[number]

const PART_OF: Readonly<Partial<Record<Group, Part>>> = {
  'Bans & kicks': 'bans & kicks',
  Timeouts: 'timeouts',
  Deletes: 'messages deleted',
  Roles: 'roles',
  Channels: 'channels',
}

/** What one moderator did in a window. */
export interface Moderator {
  readonly id: Snowflake
  /** Entries under their name. */
  readonly total: number
  /** Entries that bots made for them. */
  readonly throughBots: number
  /** Entries of each part; of deletes the messages. */
  readonly split: Readonly<Record<Part, number>>
  /** What total and acts through bots came to in the window before; absent where that is not wholly known. */
  readonly before?: number
  /** Their last entry of all. */
  readonly lastSeen?: Snowflake
}

export interface ActivityFacts {
  readonly ids: Iterable<Snowflake>
  readonly counts: readonly ActivityCount[]
  readonly credits: ReadonlyMap<Snowflake, number>
  readonly lastSeen: ReadonlyMap<Snowflake, Snowflake>
  /** The same of the window before; absent where that is not wholly known. */
  readonly before?: {
    readonly counts: readonly ActivityCount[]
    readonly credits: ReadonlyMap<Snowflake, number>
  }
}

/** What each of some moderators did, the most active first; the inactive come last, those seen last before the rest. */
export function moderatorsOf({
  ids,
  counts,
  credits: attributions,
  lastSeen,
  before,
}: ActivityFacts): Moderator[] {
  const byId = Map.groupBy(counts, ({ key }) => key)
  const beforeById = before && Map.groupBy(before.counts, ({ key }) => key)
  const moderators = [...ids].map((id): Moderator => {
    const own = byId.get(id) ?? []
    const last = lastSeen.get(id)
    return {
      id,
      total: sumOf(own).entries,
      throughBots: attributions.get(id) ?? 0,
      split: splitOf(own),
      ...(before && {
        before: sumOf(beforeById?.get(id) ?? []).entries + (before.credits.get(id) ?? 0),
      }),
      ...(last !== undefined && { lastSeen: last }),
    }
  })
  return moderators.sort(mostActiveFirst)
}

/** Splits counts into parts. */
export function splitOf(counts: readonly ActivityCount[]): Record<Part, number> {
  const split: Record<Part, number> = {
    'bans & kicks': 0,
    timeouts: 0,
    'messages deleted': 0,
    roles: 0,
    channels: 0,
    other: 0,
  }
  for (const { kind, entries, units } of counts) {
    const part = partOf(kind)
    split[part] += part === 'messages deleted' ? units : entries
  }
  return split
}

/** Entries of each part, in the order of the parts: they add up to all there are. */
export function partsOf(counts: readonly ActivityCount[]): number[] {
  return PARTS.map((part) => sumOf(counts.filter(({ kind }) => partOf(kind) === part)).entries)
}

function partOf(kind: number): Part {
  return PART_OF[actionOf(kind).group] ?? 'other'
}

function mostActiveFirst(a: Moderator, b: Moderator): number {
  return (
    b.total + b.throughBots - (a.total + a.throughBots) ||
    b.total - a.total ||
    Number(BigInt(b.lastSeen ?? 0) - BigInt(a.lastSeen ?? 0)) ||
    (a.id < b.id ? -1 : 1)
  )
}
