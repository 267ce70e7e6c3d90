import {
  type APIButtonComponentWithCustomId,
  type APIEmbed,
  type APIEmbedField,
  type APIStringSelectComponent,
  ComponentType,
} from 'discord-api-types/v10'
import { actionOf } from '../../core/audit-log/action.ts'
import type { Entry } from '../../core/audit-log/entry.ts'
import type { KnownCoverage } from '../../core/coverage/known-coverage.ts'
import type { Names } from '../../core/names/names.ts'
import { timeOf } from '../../core/snowflake.ts'
import { truncate } from '../../core/text/escape.ts'
import { formatMoment } from '../../core/time/format-time.ts'
import { windowAndCoverage } from '../coverage-line.ts'
import { entryLines, summaryOf } from '../entry/entry-line.ts'
import { type Paged, pageRow, position, type Row } from '../paging.ts'
import { COLOURS, EMBED, embedSize, type Reply } from '../reply.ts'
import { plainFormatter } from '../text/formatter.ts'
import { nothingFound, type OptionNames } from './nothing-found.ts'
import { type Unnamed, unnamedLine } from './unnamed-line.ts'

/** One page of a list of entries, with its totals. */
export interface ListPage extends Paged {
  readonly title: string
  /** The filter in words. */
  readonly about: string
  /** Totals and splits; without any, the list is one embed. */
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
  const about = [notice, page.about, unnamed].filter(Boolean).join('\n')
  const window = windowAndCoverage(query, coverage)
  const nothing = entries.length === 0 ? nothingFound(query, coverage, options) : undefined
  const context = `${position(page, entries.length)}, ${query.order} first`
  if (fields.length === 0) {
    const longest = EMBED.description - about.length - 2
    const list = nothing ?? entryLines(entries, names, longest)
    const description = about === '' ? list : `${about}\n\n${list}`
    const footer = { text: [...(nothing ? [] : [context]), window].join(' · ') }
    return { embeds: [{ title, description, color: COLOURS.neutral, footer }], components: controls(page) }
  }
  const description = [about, nothing].filter(Boolean).join('\n\n')
  const summary: APIEmbed = {
    title,
    ...(description !== '' && { description }),
    color: COLOURS.neutral,
    fields: [...fields],
    footer: { text: window },
  }
  if (nothing) return { embeds: [summary], components: controls(page) }
  const footer = { text: context }
  const longest = Math.min(EMBED.description, EMBED.total - embedSize(summary) - footer.text.length)
  const list = { description: entryLines(entries, names, longest), color: COLOURS.neutral, footer }
  return { embeds: [summary, list], components: controls(page) }
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

function entryMenu({ entries, names, query, entryMenuId }: ListPage): APIStringSelectComponent {
  const formatter = plainFormatter(names, query.timeZone)
  return {
    type: ComponentType.StringSelect,
    custom_id: entryMenuId,
    placeholder: 'Show details',
    options: entries.map((entry) => ({
      value: entry.id,
      label: truncate(
        `${actionOf(entry.kind).name} · ${formatMoment(timeOf(entry.id), query.timeZone)}`,
        100,
      ),
      description: truncate(summaryOf(entry, formatter), 100),
      emoji: { name: actionOf(entry.kind).emoji },
    })),
  }
}
