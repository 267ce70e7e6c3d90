import { type Entry, isRecord } from '../core/entry.ts'
import type { Question } from '../core/question.ts'

/** The ids a reply shows by name, where the archive knows one. */
export function namedIn({ filter }: Question, entries: readonly Entry[]): string[] {
  const ids: unknown[] = [filter.executorId, filter.targetId, ...entries.flatMap(idsOf)]
  return ids.filter((id) => typeof id === 'string')
}

function idsOf({ executorId, targetId, channelId, options, changes }: Entry): unknown[] {
  const roles = changes.flatMap(({ new_value }) =>
    Array.isArray(new_value) ? new_value.filter(isRecord) : [],
  )
  return [executorId, targetId, channelId, options.id, ...roles.map(({ id }) => id)]
}
