import {
  type APIButtonComponentWithCustomId,
  type APIEmbed,
  type APIEmbedField,
  type APIStringSelectComponent,
  ComponentType,
} from 'discord-api-types/v10'
import { actionOf } from '../../core/audit-log/action.ts'
import type { Entry } from '../../core/audit-log/entry.ts'
import type { KnownCoverage } from '../../core/coverage/coverage.ts'
import type { Names } from '../../core/names/names.ts'
import { toCustomId } from '../../core/query/component-action.ts'
import { timeOf } from '../../core/snowflake.ts'
import { truncate } from '../../core/text/escape.ts'
import { utcMoment } from '../../core/time/utc.ts'
import { windowAndCoverage } from '../coverage-line.ts'
import { entryLines, essenceOf } from '../entry/entry-line.ts'
import { type Paged, pageRow, position, type Row } from '../paging.ts'
import { COLOURS, EMBED, type Reply } from '../reply.ts'
import { plainFormatter } from '../text/formatter.ts'
import { nothingFound, type OptionNames } from './nothing-found.ts'
import { type Unnamed, unnamedLine } from './unnamed-line.ts'

/** One page of a list of entries, with the numbers that stand above it. */
export interface ListPage extends Paged {
  readonly title: string
  /** What narrows the question, in words. */
  readonly about: string
  /** Totals and splits; a list without any is shown in one embed. */
  readonly fields: readonly APIEmbedField[]
  /** The entries of this page, in the list's order. */
  readonly entries: readonly Entry[]
  readonly unnamed: Unnamed
  readonly coverage: KnownCoverage
  readonly names: Names
  /** The options that may have narrowed it. */
  readonly options: OptionNames
  /** Buttons that lead on from this list. */
  readonly buttons?: readonly APIButtonComponentWithCustomId[]
  /** What the reader has to know first, such as that Discord could not be read. */
  readonly notice: string | undefined
}

/** One page of a list of entries. */
export function listReply(page: ListPage): Reply {
  const { title, fields, query, entries, coverage, notice, names, options } = page
  // What a command requires is not among its options, and the moderator is required by `user`.
  const unnamed = unnamedLine(page.unnamed, query.filter, options.executorId ?? 'user')
  const about = [notice, page.about, unnamed].filter(Boolean).join('\n')
  const window = windowAndCoverage(query.filter, coverage)
  const nothing = entries.length === 0 ? nothingFound(query, coverage, options) : undefined
  const context = `${position(page, entries.length)}, ${query.order} first`
  if (fields.length === 0) {
    const limits = EMBED.description - about.length - 2
    const list = nothing ?? entryLines(entries, names, limits)
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
  const limits = Math.min(EMBED.description, EMBED.total - sizeOf(summary) - footer.text.length)
  const list = { description: entryLines(entries, names, limits), color: COLOURS.neutral, footer }
  return { embeds: [summary, list], components: controls(page) }
}

/** What an embed counts for against the total that Discord allows a message. */
export function sizeOf({ title = '', description = '', footer, fields = [] }: APIEmbed): number {
  const ofFields = fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0)
  return title.length + description.length + (footer?.text.length ?? 0) + ofFields
}

function controls(page: ListPage): Row[] {
  const [first, last] = [page.entries[0], page.entries.at(-1)]
  if (!first || !last) return leads(page)
  return [
    { type: ComponentType.ActionRow, components: [entryMenu(page)] },
    ...pageRow(page, { first: first.id, last: last.id }),
    ...leads(page),
  ]
}

function leads({ buttons = [] }: ListPage): Row[] {
  return buttons.length > 0 ? [{ type: ComponentType.ActionRow, components: [...buttons] }] : []
}

function entryMenu({ entries, names, query, number }: ListPage): APIStringSelectComponent {
  const formatter = plainFormatter(names)
  return {
    type: ComponentType.StringSelect,
    custom_id: toCustomId({ does: 'entry', asker: query.askerId, question: number }),
    placeholder: 'Show one entry whole',
    options: entries.map((entry) => ({
      value: entry.id,
      label: truncate(`${actionOf(entry.kind).name} · ${utcMoment(timeOf(entry.id))}`, 100),
      description: truncate(essenceOf(entry, formatter), 100),
      emoji: { name: actionOf(entry.kind).emoji },
    })),
  }
}
