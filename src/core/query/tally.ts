import { actionOf } from '../audit-log/action.ts'

/** What entries can be counted by. */
export type Party = 'executor' | 'target' | 'channel'

/** The entries with one key. */
export interface Tally<Key> {
  readonly key: Key
  /** The number of entries. */
  readonly entries: number
  /** The sum of their counts, with 1 for an entry without a count. */
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

/** The entries of one action, and what their counts count. */
export interface ActionTally extends Tally<string> {
  readonly emoji: string
  readonly counts?: 'message' | 'member' | undefined
}

/** Adds up counts by kind under the names of actions, most frequent first. */
export function byActionName(tallies: readonly Tally<number>[]): ActionTally[] {
  const named = Map.groupBy(tallies, (tally) => actionOf(tally.key).name)
  return [...named]
    .map(([key, joined]) => {
      const { emoji, counts } = actionOf(joined[0]?.key ?? 0)
      return { key, emoji, counts, ...sumOf(joined) }
    })
    .sort(mostFirst('entries'))
}

/** Compares tallies for sorting, most first. The key decides ties, so that the order is always the same. */
export function mostFirst(most: 'entries' | 'units') {
  return <Key>(a: Tally<Key>, b: Tally<Key>): number =>
    b[most] - a[most] || b.entries - a.entries || String(a.key).localeCompare(String(b.key), 'en')
}
