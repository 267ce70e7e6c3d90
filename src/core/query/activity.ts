import { actionOf } from '../audit-log/action.ts'
import type { Group } from '../audit-log/actions/row.ts'
import type { Snowflake } from '../snowflake.ts'
import { type Sum, sumOf } from './tally.ts'

/** The parts that a moderator's actions are split into, in display order: groups, and everything else. */
export const PARTS = [
  'Bans & kicks',
  'Timeouts',
  'Deletes',
  'Roles',
  'Channels',
  'Other',
] as const satisfies readonly Group[]
export type Part = (typeof PARTS)[number]

/** The entries of one kind that one executor made. */
export interface ActivityCount extends Sum {
  /** The executor's id. */
  readonly key: Snowflake
  readonly kind: number
}

/** How many entries of one kind were made within one span of a chart. */
export interface SpanCount {
  /** The index of the span. */
  readonly key: number
  readonly kind: number
  readonly entries: number
}

/** What bots did for a member. */
export interface Attributed {
  readonly entries: number
  /** The start of the UTC day of the last of them, in milliseconds since the Unix epoch. */
  readonly lastDay: number
}

/** The activity of one moderator in a window. */
export interface Moderator {
  readonly id: Snowflake
  /** Entries with them as executor. */
  readonly total: number
  /** Entries of bots that acted for them. */
  readonly throughBots: number
  /** `total` by part. */
  readonly split: Readonly<Record<Part, number>>
  /** How many messages their deletes removed. */
  readonly messages: number
  /** `total` in the window before; absent if one of the windows is incomplete. */
  readonly before?: number
  /** Their last entry in the archive, up to the end of the window. */
  readonly lastSeen?: Snowflake
  /** The start of the UTC day on which a bot last acted for them, up to the end of the window. */
  readonly lastThroughBots?: number
}

/** What the activity of moderators is computed from. */
interface ActivityFacts {
  readonly ids: Iterable<Snowflake>
  readonly counts: readonly ActivityCount[]
  /** What bots did for them in the window. */
  readonly attributions: ReadonlyMap<Snowflake, Attributed>
  /** What bots did for them at any time up to the end of the window. */
  readonly attributionsEver: ReadonlyMap<Snowflake, Attributed>
  readonly lastSeen: ReadonlyMap<Snowflake, Snowflake>
  /** The counts of the window before; absent if one of the windows is incomplete. */
  readonly before?: readonly ActivityCount[] | undefined
}

/**
 * The activity of moderators, the one with the highest total first. Those with the same total are ordered by what bots
 * did for them, then by when they were last seen, so the inactive come last.
 */
export function moderatorsOf(facts: ActivityFacts): Moderator[] {
  const { ids, counts, attributions, attributionsEver, lastSeen, before } = facts
  const byId = Map.groupBy(counts, ({ key }) => key)
  const beforeById = before && Map.groupBy(before, ({ key }) => key)
  const moderators = [...ids].map((id): Moderator => {
    const own = byId.get(id) ?? []
    const last = lastSeen.get(id)
    const lastDay = attributionsEver.get(id)?.lastDay
    return {
      id,
      total: sumOf(own).entries,
      throughBots: attributions.get(id)?.entries ?? 0,
      split: splitOf(own),
      messages: sumOf(own.filter(({ kind }) => partOf(kind) === 'Deletes')).units,
      ...(beforeById && { before: sumOf(beforeById.get(id) ?? []).entries }),
      ...(last !== undefined && { lastSeen: last }),
      ...(lastDay !== undefined && { lastThroughBots: lastDay }),
    }
  })
  return moderators.sort(mostActiveFirst)
}

/** Whether a moderator did nothing in the window, neither themselves nor through bots. */
export function isQuiet({ total, throughBots }: Moderator): boolean {
  return total === 0 && throughBots === 0
}

/** Entries by part. They add up to the total. */
export function splitOf(counts: readonly Pick<ActivityCount, 'kind' | 'entries'>[]): Record<Part, number> {
  const split = { 'Bans & kicks': 0, Timeouts: 0, Deletes: 0, Roles: 0, Channels: 0, Other: 0 }
  for (const { kind, entries } of counts) split[partOf(kind)] += entries
  return split
}

function partOf(kind: number): Part {
  const { group } = actionOf(kind)
  return PARTS.find((part) => part === group) ?? 'Other'
}

function mostActiveFirst(a: Moderator, b: Moderator): number {
  return (
    b.total - a.total ||
    b.throughBots - a.throughBots ||
    Number(BigInt(b.lastSeen ?? 0) - BigInt(a.lastSeen ?? 0)) ||
    (a.id < b.id ? -1 : 1)
  )
}
