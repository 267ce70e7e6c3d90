import { type APIStringSelectComponent, ComponentType } from 'discord-api-types/v10'
import { PUNISHMENTS } from '../../core/audit-log/punishments.ts'
import { isPartlyUnread, mayLackEntries } from '../../core/coverage/gaps.ts'
import type { KnownCoverage } from '../../core/coverage/known-coverage.ts'
import type { Names } from '../../core/names/names.ts'
import { areSameKinds } from '../../core/query/filter.ts'
import { PAGE_LENGTH } from '../../core/query/page.ts'
import type { Repeats } from '../../core/query/ranking.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { formatTargets } from '../../core/query/target.ts'
import { timeOf } from '../../core/snowflake.ts'
import { truncate } from '../../core/text/escape.ts'
import { formatNumber, pluralize } from '../../core/text/numbers.ts'
import { formatDay } from '../../core/time/format-time.ts'
import { missingIn, windowAndCoverage } from '../coverage-line.ts'
import { type Paged, pageRow, position } from '../paging.ts'
import { COLOURS, EMBED, type Reply } from '../reply.ts'
import { fitNames, markdownFormatter, plainFormatter } from '../text/formatter.ts'
import { formatTarget } from '../text/target.ts'
import { howToWiden } from './nothing-found.ts'
import { type ListedRepeats, repeatLines } from './repeat-lines.ts'

/** One page of the targets of repeated actions. */
interface RepeatsPage extends Omit<Paged, 'total'>, ListedRepeats {
  readonly repeats: Repeats
  /** The custom id of the menu that shows what was done to a target. */
  readonly historyMenuId: string
  /** The filter in words. */
  readonly about: string
  readonly names: Names
  readonly notice: string | undefined
}

/** One page of the targets of repeated actions, two lines each. */
export function repeatsReply(page: RepeatsPage): Reply {
  const { repeats, query, page: shown, coverage, names, notice } = page
  const { top, size: total } = repeats
  const window = windowAndCoverage(query, coverage)
  const isEmpty = top.length === 0
  const atLeast = mayLackEntries(coverage, query.filter.from, query.filter.to) ? 'At least ' : ''
  const above = [notice, contextLine(page)].filter((part) => part !== undefined).map((part) => `${part}\n`)
  const first = shown.index * PAGE_LENGTH + 1
  const lines = (known: Names) =>
    top
      .flatMap((repeat, index) => repeatLines(repeat, first + index, page, markdownFormatter(known)))
      .join('\n')
  const list = isEmpty
    ? nothingRepeated(query, coverage)
    : fitNames(EMBED.description - above.join('').length, names, lines)
  return {
    embeds: [
      {
        title: isEmpty ? 'Repeated actions' : `${atLeast}${headline(query, total)}`,
        description: `${above.join('')}${list}`,
        color: COLOURS.neutral,
        footer: {
          text: [...(isEmpty ? [] : [position({ ...page, total }, top.length)]), window].join(' · '),
        },
      },
    ],
    components: [
      ...(isEmpty ? [] : [{ type: ComponentType.ActionRow as const, components: [historyMenu(page)] }]),
      ...pageRow({ ...page, total }),
    ],
  }
}

/** `13 members punished 2+ times`, `4 targets with 3+ actions`. */
function headline(query: SavedQuery, total: number): string {
  const { min = 2 } = query
  if (isAboutPunishments(query))
    return `${pluralize(total, 'member')} punished${min > 1 ? ` ${formatNumber(min)}+ times` : ''}`
  return `${pluralize(total, 'target')}${min > 1 ? ` with ${formatNumber(min)}+ actions` : ''}`
}

function isAboutPunishments({ filter: { kinds } }: SavedQuery): boolean {
  return kinds !== undefined && areSameKinds(kinds, PUNISHMENTS)
}

/** The filter, and since when bans are known if nothing of the log is missing since then. */
function contextLine({ about, bans, coverage, query }: RepeatsPage): string | undefined {
  const [first] = coverage.ranges
  const isReached = first && bans.size > 0 && !isPartlyUnread(coverage, undefined, undefined)
  const reach = isReached && `bans known since ${formatDay(timeOf(first.start), query.timeZone)}`
  const context = [about, reach].filter(Boolean).join(' · ')
  return context === '' ? undefined : `-# ${context}`
}

function historyMenu({ repeats, query, page, historyMenuId, names }: RepeatsPage): APIStringSelectComponent {
  const formatter = plainFormatter(names, query.timeZone)
  const first = page.index * PAGE_LENGTH + 1
  const values = formatTargets(
    repeats.top.map(({ targetId: id, targetType: type }) => ({ id, type })),
    names,
  )
  return {
    type: ComponentType.StringSelect,
    custom_id: historyMenuId,
    placeholder: 'Show these actions on a target',
    options: repeats.top.map(({ targetId, targetType, entries, last }, index) => ({
      value: values[index] ?? targetId,
      label: truncate(`${first + index}. ${formatTarget(targetId, targetType, formatter)}`, 100),
      description: `${pluralize(entries, 'time')}, last on ${formatDay(timeOf(last), query.timeZone)}`,
    })),
  }
}

function nothingRepeated(query: SavedQuery, coverage: KnownCoverage): string {
  const { min = 2, filter } = query
  if (mayLackEntries(coverage, filter.from, filter.to)) {
    return `No targets are known, but not all of this time range could be read: ${missingIn(query, coverage)}.`
  }
  // Without the option, the actions are those that punish.
  const options = isAboutPunishments(query) ? {} : { kinds: 'action' }
  const advice = howToWiden(query, coverage, options, min > 1 ? ['a lower `min`'] : [])
  const nothing = min > 1 ? `No target has ${formatNumber(min)} or more actions.` : 'No targets were found.'
  return [nothing, advice].filter(Boolean).join(' ')
}
