import type { Entry } from '../core/audit-log/entry.ts'
import { namedBy } from '../core/audit-log/prune-parts.ts'
import { changesOf, extrasOf } from '../core/changes/changes.ts'
import type { Ranking } from '../core/query/ranking.ts'
import type { SavedQuery } from '../core/query/saved-query.ts'
import { idsIn } from './text/value.ts'

/** The ids that a list shows by name: those of the filter and of its entries. */
export function namedIn({ filter }: SavedQuery, entries: readonly Entry[]): string[] {
  return [
    filter.executorId,
    filter.onBehalfOfId,
    filter.targetId,
    filter.channelId,
    ...entries.flatMap(namedInEntry),
  ].filter(isText)
}

/** The ids that an entry shows by name, including the member whom Discord names in a later part of a prune. */
export function namedInEntry(entry: Entry): string[] {
  const { onBehalfOfId, targetId, channelId } = entry
  const changed = changesOf(entry).flatMap(({ label, before, after }) => [label, before, after])
  const extras = extrasOf(entry).map(({ value }) => value)
  return [
    namedBy(entry),
    onBehalfOfId,
    targetId,
    channelId,
    ...[...changed, ...extras].flatMap(idsIn),
  ].filter(isText)
}

/** The ids that a ranking shows. */
export function namedInRanking({ top }: Ranking): string[] {
  return top.map(({ key }) => key).filter(isText)
}

function isText(id: string | null | undefined): id is string {
  return typeof id === 'string'
}
