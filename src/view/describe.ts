import { nameOfKinds } from '../core/action-names.ts'
import { inert } from '../core/inert.ts'
import type { Names } from '../core/names.ts'
import type { Question } from '../core/question.ts'
import { written } from '../core/words.ts'
import { targetIn } from './target.ts'
import { markdown } from './voice.ts'

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
