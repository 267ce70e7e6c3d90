import { nameOfKinds } from '../../core/audit-log/action-names.ts'
import type { Names } from '../../core/names/names.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { escapeMarkdown } from '../../core/text/escape.ts'
import { markdownFormatter } from '../text/formatter.ts'
import { formatTarget } from '../text/target.ts'

/** The filter of a query: `by @mod · Member Kick · in #general`. Empty if it has none. */
export function describeFilter({ filter }: Pick<SavedQuery, 'filter'>, names: Names): string {
  const formatter = markdownFormatter(names)
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
    ...(filter.reason === undefined ? [] : [`reason contains “${escapeMarkdown(filter.reason, 80)}”`]),
  ].join(' · ')
}
