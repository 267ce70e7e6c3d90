import { compareIds, type Snowflake } from '../../snowflake.ts'
import type { AlertAction } from './actions.ts'
import { type Burst, type BurstRange, type BurstRule, Bursts, belongsTo, joinRanges } from './bursts.ts'

/** What new actions mean for an alert. */
export interface Judgement {
  /** The bursts that were known and have new actions, by the number of their posts. */
  readonly grown: ReadonlyMap<number, BurstRange>
  /** The bursts that were not known, in the order in which they began. */
  readonly fresh: readonly Burst[]
  /** Who acted in these bursts. */
  readonly actors: ReadonlySet<Snowflake>
}

/**
 * Finds the bursts that new actions belong to, or begin.
 * @param actions oldest first: the new ones, and those around them
 * @param isNew whether an action is new, or its count has grown
 * @param known the bursts that were warned of lately, by the number of their posts
 */
export function judge(
  actions: readonly AlertAction[],
  isNew: (id: Snowflake) => boolean,
  known: ReadonlyMap<number, BurstRange>,
  rule: BurstRule,
): Judgement {
  const grown = new Map<number, BurstRange>()
  const found = new Bursts(rule)
  const rangeOf = (number: number, burst: BurstRange) => grown.get(number) ?? burst
  const left: AlertAction[] = []
  const actors = new Set<Snowflake | null>()
  for (const action of actions) {
    const [number, burst] =
      [...known].findLast(([each, range]) => belongsTo(rangeOf(each, range), action, rule)) ?? []
    if (number === undefined || burst === undefined) {
      found.add(action)
      left.push(action)
    } else if (isNew(action.id)) {
      const range = { key: action.key, from: action.id, to: action.id }
      grown.set(number, joinRanges(rangeOf(number, burst), range))
      actors.add(action.actorId)
    }
  }
  const news = Map.groupBy(
    left.filter(({ id }) => isNew(id)),
    ({ key }) => key,
  )
  const fresh = found.all.filter((burst) => news.get(burst.key)?.some((action) => isWithin(burst, action)))
  const freshKeys = Map.groupBy(fresh, ({ key }) => key)
  for (const action of left)
    if (freshKeys.get(action.key)?.some((burst) => isWithin(burst, action))) actors.add(action.actorId)
  return { grown, fresh, actors: new Set([...actors].filter((actorId) => actorId !== null)) }
}

function isWithin({ from, to }: BurstRange, { id }: Pick<AlertAction, 'id'>): boolean {
  return compareIds(id, from) >= 0 && compareIds(id, to) <= 0
}
