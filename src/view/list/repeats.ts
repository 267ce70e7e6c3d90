import { type APIStringSelectComponent, ComponentType } from 'discord-api-types/v10'
import { mayLackEntries } from '../../core/coverage/gaps.ts'
import type { KnownCoverage } from '../../core/coverage/known-coverage.ts'
import type { Names } from '../../core/names/names.ts'
import { PAGE_LENGTH } from '../../core/query/page.ts'
import type { Repeat, Repeats } from '../../core/query/ranking.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { formatTargets } from '../../core/query/target.ts'
import { timeOf } from '../../core/snowflake.ts'
import { truncate } from '../../core/text/escape.ts'
import { formatNumber, pluralize } from '../../core/text/numbers.ts'
import { formatDay } from '../../core/time/format-time.ts'
import { missingIn, windowAndCoverage } from '../coverage-line.ts'
import { type Paged, pageRow, position } from '../paging.ts'
import { COLOURS, EMBED, type Reply } from '../reply.ts'
import { type Formatter, fitNames, markdownFormatter, plainFormatter, timestamp } from '../text/formatter.ts'
import { formatTarget } from '../text/target.ts'
import { howToWiden } from './nothing-found.ts'

/** How many moderators a line names; the rest are counted. Entries without an executor are always shown. */
const MODERATORS_NAMED = 3

/** One page of the targets of repeated actions. */
interface RepeatsPage extends Omit<Paged, 'total'> {
  readonly repeats: Repeats
  /** The custom id of the menu that shows what was done to a target. */
  readonly historyMenuId: string
  readonly about: string
  readonly coverage: KnownCoverage
  readonly names: Names
  readonly notice: string | undefined
}

/** One page of the targets of repeated actions, a line each. */
export function repeatsReply(page: RepeatsPage): Reply {
  const {
    repeats,
    about,
    query,
    page: { index: pageIndex },
    coverage,
    names,
    notice,
  } = page
  const { top, size: total } = repeats
  const window = windowAndCoverage(query, coverage)
  const above = [notice, about, ''].filter((part) => part !== undefined).join('\n')
  const lines = (known: Names) =>
    top
      .map((repeat, index) => line(repeat, pageIndex * PAGE_LENGTH + index + 1, markdownFormatter(known)))
      .join('\n')
  const list =
    top.length > 0
      ? fitNames(EMBED.description - above.length - 1, names, lines)
      : nothingRepeated(query, coverage)
  return {
    embeds: [
      {
        title: 'Repeated actions',
        description: `${above}\n${list}`,
        color: COLOURS.neutral,
        footer: {
          text: [...(top.length > 0 ? [position({ ...page, total }, top.length)] : []), window].join(' · '),
        },
      },
    ],
    components: [
      ...(top.length > 0
        ? [{ type: ComponentType.ActionRow as const, components: [historyMenu(page)] }]
        : []),
      ...pageRow({ ...page, total }),
    ],
  }
}

function line(
  { targetId, targetType, entries, first, last, by }: Repeat,
  rank: number,
  formatter: Formatter,
): string {
  const moderators = by
    .filter(({ key }, index) => index < MODERATORS_NAMED || key === null)
    .map(
      ({ key, entries: times }) => `${key === null ? 'unknown' : formatter.user(key)} ${formatNumber(times)}`,
    )
  const rest = by.length - moderators.length
  return [
    `${rank}. ${formatTarget(targetId, targetType, formatter)} **${formatNumber(entries)}** ${entries === 1 ? 'time' : 'times'}`,
    `first ${timestamp(timeOf(first), 'd')}`,
    `last ${timestamp(timeOf(last), 'd')}`,
    `by ${moderators.join(', ')}${rest > 0 ? ` and ${pluralize(rest, 'other')}` : ''}`,
  ].join(' · ')
}

function historyMenu({ repeats, query, historyMenuId, names }: RepeatsPage): APIStringSelectComponent {
  const formatter = plainFormatter(names, query.timeZone)
  const values = formatTargets(
    repeats.top.map(({ targetId: id, targetType: type }) => ({ id, type })),
    names,
  )
  return {
    type: ComponentType.StringSelect,
    custom_id: historyMenuId,
    placeholder: 'Show the history of a target',
    options: repeats.top.map(({ targetId, targetType, entries, last }, index) => ({
      value: values[index] ?? targetId,
      label: truncate(formatTarget(targetId, targetType, formatter), 100),
      description: `${pluralize(entries, 'time')}, last on ${formatDay(timeOf(last), query.timeZone)}`,
    })),
  }
}

function nothingRepeated(query: SavedQuery, coverage: KnownCoverage): string {
  const { min = 2, filter } = query
  if (mayLackEntries(coverage, filter.from, filter.to)) {
    return `No targets are known, but not all of this time range could be read: ${missingIn(query, coverage)}.`
  }
  const advice = howToWiden(query, coverage, { kinds: 'action' }, min > 1 ? ['a lower `min`'] : [])
  const nothing = min > 1 ? `No target has ${formatNumber(min)} or more actions.` : 'No targets were found.'
  return [nothing, advice].filter(Boolean).join(' ')
}
