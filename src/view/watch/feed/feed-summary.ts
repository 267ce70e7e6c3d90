import { type APIEmbed, type APIEmbedField, ComponentType } from 'discord-api-types/v10'
import { automaticActor } from '../../../core/audit-log/action.ts'
import type { Names } from '../../../core/names/names.ts'
import { byActionName, mostFirst, sumOf } from '../../../core/query/tally.ts'
import { type Snowflake, timeOf } from '../../../core/snowflake.ts'
import { formatNumber, pluralize } from '../../../core/text/numbers.ts'
import { inWords } from '../../../core/time/duration.ts'
import { SECOND } from '../../../core/time/units.ts'
import type { ArrivedCount } from '../../../core/watch/arrival.ts'
import { actionCount } from '../../list/counts.ts'
import { button } from '../../paging.ts'
import { COLOURS, EMBED, type Reply } from '../../reply.ts'
import { fromTo, markdownFormatter, timestamp } from '../../text/formatter.ts'

/** Many entries that a feed sums up. */
interface FeedSummary {
  readonly counts: readonly ArrivedCount[]
  /** `flood`: many in a short time. `away`: they came when Custos could not post. */
  readonly reason: 'flood' | 'away'
  /** The first and the last entry. */
  readonly from: Snowflake
  readonly to: Snowflake
  /** Whether more entries are added to it. */
  readonly isOpen: boolean
  /** Whether it is closed although more come, which other posts show. */
  readonly goesOn?: boolean | undefined
  readonly names: Names
  /** The custom id of the button that lists the entries. */
  readonly listId: string
}

/** How many actions and executors are named; the rest are counted. */
const MOST_NAMED = 8

/** Many entries in a few numbers: how many in which time, by action and by whom. */
export function feedSummaryReply(summary: FeedSummary): Reply {
  const { counts, listId } = summary
  const { entries } = sumOf(counts.map((count) => ({ ...count, key: count.kind })))
  const components = [button(`Show all ${formatNumber(entries)}`, listId)]
  return {
    embeds: [embedOf(summary, entries)],
    components: [{ type: ComponentType.ActionRow, components }],
  }
}

function embedOf(summary: FeedSummary, entries: number): APIEmbed {
  const { reason, isOpen } = summary
  return {
    title: titleOf(summary, pluralize(entries, 'action')),
    description: timesOf(summary),
    color: reason === 'flood' ? COLOURS.deleted : COLOURS.neutral,
    fields: [actionsField(summary), executorsField(summary)],
    ...(isOpen && { footer: { text: UPDATED[reason] } }),
  }
}

const UPDATED: Readonly<Record<FeedSummary['reason'], string>> = {
  flood: 'This message is updated while it goes on.',
  away: 'This message is updated while more of that time is read.',
}

function titleOf({ reason, from, to }: FeedSummary, actions: string): string {
  if (reason === 'away') return `🕓 ${actions} while Custos could not post`
  const seconds = Math.max(1, Math.round((timeOf(to) - timeOf(from)) / SECOND))
  return `⚠️ ${actions} in ${inWords(seconds)}`
}

function timesOf({ reason, from, to, isOpen, goesOn }: FeedSummary): string {
  const [first, last] = [timeOf(from), timeOf(to)]
  if (reason === 'away') return `From ${timestamp(first, 'f')} to ${timestamp(last, 'f')}.`
  if (isOpen) return `Since ${timestamp(first, 't')}, the last one ${timestamp(last, 'R')}.`
  return `${fromTo(first, last)}. ${goesOn ? 'It goes on below.' : 'It is over.'}`
}

function actionsField({ counts }: FeedSummary): APIEmbedField {
  const tallies = byActionName(counts.map((count) => ({ ...count, key: count.kind })))
  const parts = tallies.map(actionCount)
  return { name: 'By action', value: fitted(parts) }
}

function executorsField({ counts, names }: FeedSummary): APIEmbedField {
  const formatter = markdownFormatter(names)
  // The executor of what AutoMod and Discord do by themselves is the offender.
  const whoOf = ({ executorId, kind }: ArrivedCount) =>
    automaticActor(kind) ?? (executorId === null ? 'unknown' : formatter.user(executorId))
  const parts = [...Map.groupBy(counts, whoOf)]
    .map(([key, joined]) => ({ key, ...sumOf(joined.map((each) => ({ ...each, key }))) }))
    .sort(mostFirst('entries'))
    .map(({ key, entries }) => `${key} **${formatNumber(entries)}**`)
  return { name: 'By moderator', value: fitted(parts) }
}

/** The first parts, and how many more there are. */
function fitted(parts: readonly string[]): string {
  const shown = parts.length > MOST_NAMED + 1 ? parts.slice(0, MOST_NAMED) : parts
  for (let length = shown.length; length > 0; length--) {
    const rest = parts.length - length
    const text = [...parts.slice(0, length), ...(rest > 0 ? [`and ${rest} more`] : [])].join(' · ')
    if (text.length <= EMBED.fieldValue) return text
  }
  return formatNumber(parts.length)
}
