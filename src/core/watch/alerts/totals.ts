import { idAfter, type Snowflake } from '../../snowflake.ts'
import type { Alert } from '../watch.ts'
import type { AlertAction } from './actions.ts'
import type { BurstRange } from './bursts.ts'
import { type ActionSource, readActions } from './read-actions.ts'

/** How many actions of a burst are added up. A burst can go on for days, and its post is edited often. */
const MOST_ADDED = 5000

/** How many of the newest entries of a burst can be shown. */
const MOST_SHOWN = 25

/** What a burst consists of. */
export interface BurstTotals {
  readonly entries: number
  readonly units: number
  /** Whether there is more than was added up. */
  readonly isCut: boolean
  /** Units by kind, and by who acted; most first. */
  readonly kinds: ReadonlyMap<number, number>
  readonly actors: ReadonlyMap<Snowflake | null, number>
  /** How many different targets it was done to. */
  readonly targets: number
  /** The newest entries, oldest first. */
  readonly newest: readonly Snowflake[]
}

/** Adds up the actions of a burst. */
export async function totalsOf(
  source: ActionSource,
  alert: Alert,
  { key, from, to }: BurstRange,
  exempt: ReadonlySet<Snowflake> = new Set(),
): Promise<BurstTotals> {
  const actions: AlertAction[] = []
  let isCut = false
  for await (const read of readActions(source, alert, { from, to: idAfter(to) }, exempt)) {
    actions.push(...read.filter((action) => action.key === key))
    isCut = actions.length > MOST_ADDED
    if (isCut) break
  }
  const added = actions.slice(0, MOST_ADDED)
  return {
    entries: added.length,
    units: unitsOf(added),
    isCut,
    kinds: unitsBy(added, ({ kind }) => kind),
    actors: unitsBy(added, ({ actorId }) => actorId),
    targets: new Set(added.map(({ targetId }) => targetId)).size,
    newest: added.slice(-MOST_SHOWN).map(({ id }) => id),
  }
}

function unitsBy<Key>(
  actions: readonly AlertAction[],
  keyOf: (action: AlertAction) => Key,
): ReadonlyMap<Key, number> {
  const units = [...Map.groupBy(actions, keyOf)].map(([key, those]) => [key, unitsOf(those)] as const)
  return new Map(units.toSorted(([, a], [, b]) => b - a))
}

function unitsOf(actions: readonly AlertAction[]): number {
  return actions.reduce((sum, { units }) => sum + units, 0)
}
