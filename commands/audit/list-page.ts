import type { CommandRequest } from '../../src/command/command.ts'
import { PAGE_LENGTH, type Page, pageOf } from '../../src/core/query/page.ts'
import { filterOf, type SavedQuery } from '../../src/core/query/saved-query.ts'
import type { Slice } from '../../src/core/query/slice.ts'
import { sumOf, type Tally } from '../../src/core/query/tally.ts'
import { maxId, minId } from '../../src/core/snowflake.ts'
import { describeFilter } from '../../src/view/list/describe.ts'
import type { ListPage } from '../../src/view/list/list.ts'
import { namedIn } from '../../src/view/named-ids.ts'
import { entryMenu } from '../components/entry-menu.ts'
import { goToIds } from '../components/go-to-button.ts'
import { pageIds } from '../components/page-button.ts'

/** A page of a list, without what each command adds, and the counts by kind of all matching entries. */
interface ReadPage {
  readonly page: Omit<ListPage, 'title' | 'fields' | 'options'>
  readonly kinds: readonly Tally<number>[]
}

/** Reads the requested page of the entries that match a query. */
export async function readListPage(request: CommandRequest): Promise<ReadPage> {
  const { query, number, archive, coverage, notice } = request
  const { guildId, askerId, limit = Number.POSITIVE_INFINITY } = query
  const filter = filterOf(query)
  const page = await pageWanted(request)
  const [slice, kinds, unnamed] = await Promise.all([
    archive.list(guildId, filter, sliceOf(query, page)),
    archive.countByKind(guildId, filter),
    archive.countUnnamed(guildId, filter),
  ])
  const matching = sumOf(kinds).entries
  const total = Math.min(matching, limit)
  const last = pageOf(total, total)
  // Entries can have been deleted since the list was asked.
  if (page.index > last) return readListPage({ ...request, page: { index: last } })
  const entries = page.cursor?.direction === 'previous' ? slice.reverse() : slice
  const names = await archive.names(guildId, namedIn(query, entries))
  return {
    page: {
      about: describeFilter(query, names),
      query,
      page,
      entries,
      total,
      unnamed: { entries: unnamed, of: matching },
      coverage,
      names,
      notice,
      pageId: pageIds(request),
      goToId: goToIds(request),
      entryMenuId: entryMenu.toCustomId(askerId, number),
    },
    kinds,
  }
}

/** The page that a request is for, by its index. */
async function pageWanted({ query, page, archive }: CommandRequest): Promise<Page> {
  const { at } = page
  if (at === undefined) return page
  const { guildId, order, limit = Number.POSITIVE_INFINITY } = query
  const filter = filterOf(query)
  const { from = '0', to = at } = filter
  const before = order === 'newest' ? { from: maxId(from, at) } : { to: minId(to, at) }
  const { entries } = sumOf(await archive.countByKind(guildId, { ...filter, ...before }))
  return { index: pageOf(entries, limit) }
}

/** The slice of a list that a page shows: from its index on, or from its cursor, backwards if that is to come after it. */
function sliceOf({ order, limit = Number.POSITIVE_INFINITY }: SavedQuery, { index, cursor }: Page): Slice {
  const length = Math.max(Math.min(PAGE_LENGTH, limit - index * PAGE_LENGTH), 1)
  if (cursor === undefined) return { order, limit: length, skip: index * PAGE_LENGTH }
  if (cursor.direction === 'next') return { order, limit: length, past: cursor.id }
  return { order: order === 'newest' ? 'oldest' : 'newest', limit: length, past: cursor.id }
}
