import { nameOfKinds } from '../core/audit-log/action-names.ts'
import type { Names } from '../core/names/names.ts'
import type { Question } from '../core/query/saved-query.ts'
import { inert } from '../core/text/escape.ts'
import { written } from '../core/text/numbers.ts'
import { markdown } from './formatter.ts'
import { targetIn } from './target.ts'

/** What narrows a question, in words: `by @mod · Member Kick · in #general`. Empty when nothing does. */
export function describeFilter({ filter, order, limit }: Question, names: Names): string {
  const voice = markdown(names)
  return [
    ...(filter.executorId === undefined ? [] : [`by ${voice.user(filter.executorId)}`]),
    ...(filter.creditedId === undefined ? [] : [`through bots, for ${voice.user(filter.creditedId)}`]),
    ...(filter.targetId === undefined
      ? []
      : [`on ${targetIn(filter.targetId, filter.targetType ?? names.meant(filter.targetId), voice)}`]),
    ...(filter.kinds === undefined ? [] : [nameOfKinds(filter.kinds)]),
    ...(filter.channelId === undefined ? [] : [`in ${voice.channel(filter.channelId)}`]),
    ...(filter.reason === undefined ? [] : [`reason contains “${inert(filter.reason, 80)}”`]),
    ...(order === 'oldest' ? ['oldest first'] : []),
    ...(limit === undefined ? [] : [`at most ${written(limit)}`]),
  ].join(' · ')
}
