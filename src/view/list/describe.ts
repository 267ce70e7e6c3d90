import { nameOfKinds } from '../../core/audit-log/action-names.ts'
import type { Names } from '../../core/names/names.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { type Formatter, markdownFormatter } from '../text/formatter.ts'
import { formatTarget } from '../text/target.ts'

/**
 * The filter without the executor or target whom the title of the list names. If a mention of them may not resolve, they
 * stay, with their name beside the mention.
 */
export function describeBelowTitle(
  query: Pick<SavedQuery, 'filter'>,
  names: Names,
  titled: 'executorId' | 'targetId',
): string {
  const id = query.filter[titled] ?? ''
  const { targetType } = query.filter
  const type = titled === 'executorId' ? 'user' : (targetType ?? names.classMeantBy(id))
  const isPresent = type !== undefined && names.get(type, id)?.presence === 'present'
  const rest = isPresent ? { filter: { ...query.filter, [titled]: undefined } } : query
  return describeFilter(rest, names)
}

/** The users whom the filter of a list names, so that its lines do not repeat their names beside the mentions. */
export function introducedBy({ filter }: Pick<SavedQuery, 'filter'>): (Snowflake | undefined)[] {
  return [filter.executorId, filter.onBehalfOfId, filter.targetId]
}

/** The filter of a query: `by @mod · Member Kick · in #general`. Empty if it has none. */
export function describeFilter(
  { filter }: Pick<SavedQuery, 'filter'>,
  names: Names,
  formatter: Formatter = markdownFormatter(names),
): string {
  return [
    ...(filter.executorId === undefined ? [] : [`by ${formatter.user(filter.executorId)}`]),
    ...(filter.onBehalfOfId === undefined
      ? []
      : [`through bots, for ${formatter.user(filter.onBehalfOfId)}`]),
    ...(filter.targetId === undefined
      ? []
      : [
          `on ${formatTarget(filter.targetId, filter.targetType ?? names.classMeantBy(filter.targetId), formatter)}`,
        ]),
    ...(filter.kinds === undefined ? [] : [nameOfKinds(filter.kinds)]),
    ...(filter.channelId === undefined ? [] : [`in ${formatter.channel(filter.channelId)}`]),
    ...(filter.withoutBots ? ['without bots'] : []),
    ...(filter.reason === undefined ? [] : [`reason contains “${formatter.text(filter.reason, 80)}”`]),
  ].join(' · ')
}
