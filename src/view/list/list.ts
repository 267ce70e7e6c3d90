import {
  type APIButtonComponentWithCustomId,
  type APIEmbed,
  type APIEmbedField,
  type APIStringSelectComponent,
  ComponentType,
} from 'discord-api-types/v10'
import type { Entry } from '../../core/audit-log/entry.ts'
import type { KnownCoverage } from '../../core/coverage/known-coverage.ts'
import type { Names } from '../../core/names/names.ts'
import { PAGE_LENGTH } from '../../core/query/page.ts'
import { timeOf } from '../../core/snowflake.ts'
import { formatNumber } from '../../core/text/numbers.ts'
import { formatOffset } from '../../core/time/format-time.ts'
import { windowAndCoverage } from '../coverage-line.ts'
import { entryLines, showsTimesAsText } from '../entry/entry-line.ts'
import { entryOptions } from '../entry/entry-options.ts'
import { type Paged, pageRow, position, type Row } from '../paging.ts'
import { COLOURS, EMBED, embedSize, type Reply } from '../reply.ts'
import { introducedBy } from './describe.ts'
import { nothingFound, type OptionNames } from './nothing-found.ts'
import { type Unnamed, unnamedLine } from './unnamed-line.ts'

/** One page of a list of entries, with its totals. */
export interface ListPage extends Paged {
  /** The answer in a few words, such as its total. */
  readonly title: string
  /** The filter in words. */
  readonly about: string
  /** Totals and splits, which stand below the entries: Discord scrolls to the end of a reply. */
  readonly fields: readonly APIEmbedField[]
  /** The entries of this page, in the list's order. */
  readonly entries: readonly Entry[]
  readonly unnamed: Unnamed
  readonly coverage: KnownCoverage
  readonly names: Names
  /** The options of the command that set its filter. */
  readonly options: OptionNames
  /** Buttons to related lists. */
  readonly buttons?: readonly APIButtonComponentWithCustomId[]
  /** The custom id of the menu that shows an entry. */
  readonly entryMenuId: string
  /** A sentence above the list, such as that Discord could not be read. */
  readonly notice: string | undefined
}

/** One page of a list of entries, as a message. */
export function listReply(page: ListPage): Reply {
  const { title, fields, query, entries, coverage, notice, names, options } = page
  // `options` lacks required options. If the moderator's is missing, it is the required option `user`.
  const unnamed = unnamedLine(page.unnamed, query.filter, options.executorId ?? 'user')
  const context = [page.about, unnamed].filter(Boolean).map((line) => `-# ${line}`)
  const above = [notice, ...context].filter(Boolean).join('\n')
  const frame: APIEmbed = {
    title,
    color: COLOURS.neutral,
    ...(fields.length > 0 && { fields: [...fields] }),
    footer: { text: footer(page) },
  }
  const longest = Math.min(EMBED.description, EMBED.total - embedSize(frame)) - above.length - 2
  const list =
    entries.length === 0
      ? nothingFound(query, coverage, options)
      : entryLines(
          {
            query,
            entries,
            first: page.page.index * PAGE_LENGTH + 1,
            names,
            introduced: introducedBy(query),
          },
          longest,
        )
  // A small line needs no space below it.
  const description = [above, list].filter(Boolean).join(context.length > 0 ? '\n' : '\n\n')
  return { embeds: [{ ...frame, description }], components: controls(page) }
}

function footer(page: ListPage): string {
  const { query, entries, coverage } = page
  const window = windowAndCoverage(query, coverage)
  if (entries.length === 0) return window
  const offsets = offsetsOf(page)
  const isSaid =
    !showsTimesAsText(page) ||
    offsets.every((offset) => window.match(/UTC(?:[+-][\d:]+)?/g)?.includes(offset))
  return [positionLine(page), window, ...(isSaid ? [] : [`Times in ${offsets.join(' and ')}`])].join(' · ')
}

function offsetsOf({ entries, query: { timeZone } }: ListPage): string[] {
  return [...new Set(entries.map(({ id }) => formatOffset(timeOf(id), timeZone)))]
}

/**
 * `1–10 of 2,529, newest first` or, for a list that a limit cuts off, `11–20 of the 25 newest of 212`, and `The 3 newest
 * of 212` if it has one page.
 */
function positionLine(page: ListPage): string {
  const { query, entries, total, unnamed } = page
  if (total === unnamed.of) return `${position(page, entries.length)}, ${query.order} first`
  const limited = `${total === 1 ? '' : `${formatNumber(total)} `}${query.order} of ${formatNumber(unnamed.of)}`
  return entries.length === total ? `The ${limited}` : position(page, entries.length, `the ${limited}`)
}

function controls(page: ListPage): Row[] {
  const [first, last] = [page.entries[0], page.entries.at(-1)]
  if (!first || !last) return linkRow(page)
  return [
    { type: ComponentType.ActionRow, components: [entryMenu(page)] },
    ...pageRow(page, { first: first.id, last: last.id }),
    ...linkRow(page),
  ]
}

function linkRow({ buttons = [] }: ListPage): Row[] {
  return buttons.length > 0 ? [{ type: ComponentType.ActionRow, components: [...buttons] }] : []
}

/** The menu has the entries by the numbers of their lines, and when each was made. */
function entryMenu(list: ListPage): APIStringSelectComponent {
  const { page, entryMenuId } = list
  // Where the lines have times as text, the footer says the time zone.
  const zone = showsTimesAsText(list) ? '' : ` (times in ${offsetsOf(list).join(' and ')})`
  return {
    type: ComponentType.StringSelect,
    custom_id: entryMenuId,
    placeholder: `Show details${zone}`,
    options: entryOptions({ ...list, first: page.index * PAGE_LENGTH + 1 }),
  }
}
