import type { CommandRequest } from '../../src/command/command.ts'
import type { Slice } from '../../src/core/archive.ts'
import { PAGE_LENGTH, type Page } from '../../src/core/query/component-action.ts'
import { filterOf, type SavedQuery } from '../../src/core/query/saved-query.ts'
import { sumOf, type Tally } from '../../src/core/query/tally.ts'
import { describeFilter } from '../../src/view/list/describe.ts'
import type { ListPage } from '../../src/view/list/list.ts'
import { namedIn } from '../../src/view/named-ids.ts'

/** A page of a list, and the counts by kind of the entries that the whole question is about. */
interface Listed {
  readonly page: Omit<ListPage, 'title' | 'fields' | 'options'>
  readonly kinds: readonly Tally<number>[]
}

/** Reads the page of entries that a question is turned to. */
export async function listed({
  query,
  number,
  page: turn,
  archive,
  coverage,
  notice,
}: CommandRequest): Promise<Listed> {
  const { guildId, limit = Number.POSITIVE_INFINITY } = query
  const filter = filterOf(query)
  const [entries, kinds, unnamed] = await Promise.all([
    archive.list(guildId, filter, sliceOf(query, turn)),
    archive.countByKind(guildId, filter),
    archive.countUnnamed(guildId, filter),
  ])
  const inOrder = turn.cursor?.going === 'back' ? entries.reverse() : entries
  const names = await archive.names(guildId, namedIn(query, entries))
  const about = describeFilter(query, names)
  const of = sumOf(kinds).entries
  const total = Math.min(of, limit)
  const page = {
    about,
    query,
    number,
    page: turn,
    entries: inOrder,
    total,
    coverage,
    names,
    notice,
  }
  return { page: { ...page, unnamed: { entries: unnamed, of } }, kinds }
}

/** What of the list is on a page: going back, it is read backwards from the entry the page lies before. */
function sliceOf(
  { order, limit = Number.POSITIVE_INFINITY }: SavedQuery,
  { index: page, cursor: past }: Page,
): Slice {
  const length = Math.max(Math.min(PAGE_LENGTH, limit - page * PAGE_LENGTH), 1)
  if (past?.going !== 'back') return { order, limit: length, past: past?.id }
  return { order: order === 'newest' ? 'oldest' : 'newest', limit: length, past: past.id }
}
