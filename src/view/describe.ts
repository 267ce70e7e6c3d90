import { nameOfKinds } from '../core/action-names.ts'
import { inert } from '../core/inert.ts'
import type { Known } from '../core/known.ts'
import type { Question } from '../core/question.ts'
import { isSnowflake } from '../core/snowflake.ts'
import { markdown } from './voice.ts'

/** What narrows a question, in words: `by @mod · Member Kick · in #general`. Empty when nothing does. */
export function describeFilter(
  { filter, order, limit }: Question,
  names: ReadonlyMap<string, Known>,
): string {
  return [
    ...(filter.executorId === undefined ? [] : [`by ${markdown.user(filter.executorId)}`]),
    ...(filter.targetId === undefined ? [] : [`on ${describeTarget(filter.targetId, names)}`]),
    ...(filter.kinds === undefined ? [] : [nameOfKinds(filter.kinds)]),
    ...(filter.channelId === undefined ? [] : [`in ${markdown.channel(filter.channelId)}`]),
    ...(filter.reason === undefined ? [] : [`reason contains “${inert(filter.reason, 80)}”`]),
    ...(order === 'oldest' ? ['oldest first'] : []),
    ...(limit === undefined ? [] : [`at most ${limit}`]),
  ].join(' · ')
}

function describeTarget(targetId: string, names: ReadonlyMap<string, Known>): string {
  if (!isSnowflake(targetId)) return markdown.id(targetId)
  const is = names.get(targetId)?.is
  if (is === 'channel' || is === 'role' || is === 'user') return markdown[is](targetId)
  return `${markdown.user(targetId)} (${markdown.id(targetId)})`
}
