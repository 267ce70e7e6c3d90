import { actionOf } from '../audit-log/action.ts'

/** Those an entry names, and a count can be kept by. */
export type Party = 'executor' | 'target' | 'channel'

/** How many entries share a key. */
export interface Tally<Key> {
  readonly key: Key
  /** Entries of the log. */
  readonly entries: number
  /** What the entries stand for: the sum of their counts, 1 where Discord gives none. */
  readonly units: number
}

export interface Sum {
  readonly entries: number
  readonly units: number
}

export function sumOf(tallies: readonly Tally<unknown>[]): Sum {
  return tallies.reduce<Sum>(
    (sum, tally) => ({ entries: sum.entries + tally.entries, units: sum.units + tally.units }),
    { entries: 0, units: 0 },
  )
}

/** How often an action was done, and what its entries count. */
export interface ActionTally extends Tally<string> {
  readonly counts?: 'message' | 'member' | undefined
}

/** Counts by kind, joined under the names moderators read; most frequent first. */
export function byActionName(tallies: readonly Tally<number>[]): ActionTally[] {
  const named = Map.groupBy(tallies, (tally) => actionOf(tally.key).name)
  return [...named]
    .map(([key, joined]) => ({ key, counts: actionOf(joined[0]?.key ?? 0).counts, ...sumOf(joined) }))
    .sort(mostFirst('entries'))
}

/** Orders by what is most; names and ids settle a tie, so that an answer never changes its order by chance. */
export function mostFirst(most: 'entries' | 'units') {
  return <Key>(a: Tally<Key>, b: Tally<Key>): number =>
    b[most] - a[most] || b.entries - a.entries || String(a.key).localeCompare(String(b.key), 'en')
}
