import type { Ranking, Repeat } from '../core/archive.ts'
import type { Entry } from '../core/audit-log/entry.ts'
import { namedBy } from '../core/audit-log/prune-parts.ts'
import { changesOf, extrasOf } from '../core/changes/changes.ts'
import type { SavedQuery } from '../core/query/saved-query.ts'
import { idsIn } from './text/value.ts'

/** The ids a list shows by name, where the archive knows one. */
export function namedIn({ filter }: SavedQuery, entries: readonly Entry[]): string[] {
  return [
    filter.executorId,
    filter.onBehalfOfId,
    filter.targetId,
    filter.channelId,
    ...entries.flatMap(namedInEntry),
  ].filter(isText)
}

/** The ids an entry shows by name; of a later part of a prune, the one whom Discord names too. */
export function namedInEntry(entry: Entry): string[] {
  const { onBehalfOfId, targetId, channelId } = entry
  const changed = changesOf(entry).flatMap(({ label, before, after }) => [label, before, after])
  const told = extrasOf(entry).map(({ value }) => value)
  return [namedBy(entry), onBehalfOfId, targetId, channelId, ...[...changed, ...told].flatMap(idsIn)].filter(
    isText,
  )
}

/** The ids of those that a ranking shows. */
export function namedInRanking({ top }: Ranking): string[] {
  return top.map(({ key }) => key).filter(isText)
}

/** The ids of a target that was hit again and again, and of those who hit it. */
export function namedInRepeat({ targetId, by }: Repeat): string[] {
  return [targetId, ...by.map(({ key }) => key).filter(isText)]
}

function isText(id: string | null | undefined): id is string {
  return typeof id === 'string'
}
