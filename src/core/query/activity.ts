import { actionOf } from '../audit-log/action.ts'
import type { Group } from '../audit-log/actions/row.ts'
import type { Snowflake } from '../snowflake.ts'
import { type Sum, sumOf } from './tally.ts'

/** The parts that a moderator's total is split into, in display order. */
export const PARTS = ['bans & kicks', 'timeouts', 'messages deleted', 'roles', 'channels', 'other'] as const
export type Part = (typeof PARTS)[number]

const PART_OF: Readonly<Partial<Record<Group, Part>>> = {
  'Bans & kicks': 'bans & kicks',
  Timeouts: 'timeouts',
  Deletes: 'messages deleted',
  Roles: 'roles',
  Channels: 'channels',
}

/** The entries of one kind that one executor made, or that were made on one day. */
export interface ActivityCount extends Sum {
  /** The executor's id, or the day in days since the Unix epoch. */
  readonly key: string
  readonly kind: number
}

/** The activity of one moderator in a window. */
export interface Moderator {
  readonly id: Snowflake
  /** Entries with them as executor. */
  readonly total: number
  /** Entries of bots that acted for them. */
  readonly throughBots: number
  /** Entries by part; for deletes, messages. */
  readonly split: Readonly<Record<Part, number>>
  /** `total` and `throughBots` together in the window before; absent if one of the windows is incomplete. */
  readonly before?: number
  /** Their last entry in the archive. */
  readonly lastSeen?: Snowflake
}

/** What the activity of moderators is computed from. */
interface ActivityFacts {
  readonly ids: Iterable<Snowflake>
  readonly counts: readonly ActivityCount[]
  readonly attributions: ReadonlyMap<Snowflake, number>
  readonly lastSeen: ReadonlyMap<Snowflake, Snowflake>
  /** The same for the window before; absent if one of the windows is incomplete. */
  readonly before?: {
    readonly counts: readonly ActivityCount[]
    readonly attributions: ReadonlyMap<Snowflake, number>
  }
}

/** The activity of moderators, most active first. Inactive moderators come last, most recently seen first. */
export function moderatorsOf({ ids, counts, attributions, lastSeen, before }: ActivityFacts): Moderator[] {
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
        before: sumOf(beforeById?.get(id) ?? []).entries + (before.attributions.get(id) ?? 0),
      }),
      ...(last !== undefined && { lastSeen: last }),
    }
  })
  return moderators.sort(mostActiveFirst)
}

/** Counts by part; for deletes, messages. */
function splitOf(counts: readonly ActivityCount[]): Record<Part, number> {
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

/** Entries by part, in the order of `PARTS`. They add up to the total. */
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
