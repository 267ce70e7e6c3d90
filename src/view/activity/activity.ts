import { ComponentType } from 'discord-api-types/v10'
import { gapsWithin, hasHoles, type KnownCoverage } from '../../core/coverage/coverage.ts'
import type { Names } from '../../core/names/names.ts'
import type { Moderator } from '../../core/query/activity.ts'
import { PARTS, type Part } from '../../core/query/activity.ts'
import { PAGE_LENGTH } from '../../core/query/component-action.ts'
import { type Snowflake, timeOf } from '../../core/snowflake.ts'
import { formatNumber, pluralize } from '../../core/text/numbers.ts'
import { utcDay } from '../../core/time/utc.ts'
import { missingIn, windowAndCoverage } from '../coverage-line.ts'
import { button, type Paged, pageRow, position } from '../paging.ts'
import { COLOURS, type Reply } from '../reply.ts'
import { type Formatter, markdownFormatter } from '../text/formatter.ts'

/** Windows that a button asks for, in days. */
const WINDOWS = [7, 30, 90]

const CHART = 'activity.png'

/** One page of the moderators, and what stands above them. */
export interface ActivityPage extends Omit<Paged, 'total'> {
  /** Moderators, most active first, of whom the page shows ten. */
  readonly moderators: readonly Moderator[]
  /** How many more moderators there are of whom it is not known whether they did anything. */
  readonly unknown: number
  readonly names: Names
  readonly chart: Uint8Array | undefined
  /** How much bots did, where they are not listed. */
  readonly byBots: number
  /** How many entries of the window Discord names nobody for. */
  readonly unnamed: number
  /** What narrows the question, and what the reader has to know of it. */
  readonly about: readonly string[]
  readonly coverage: KnownCoverage
  readonly notice: string | undefined
}

/** Who does the work, and who has gone quiet: a line for each moderator. */
export function activityReply(page: ActivityPage): Reply {
  const { moderators, names, chart, about, query, number, page: turn, coverage, notice } = page
  const first = turn.index * PAGE_LENGTH
  const shown = moderators.slice(first, first + PAGE_LENGTH)
  const formatter = markdownFormatter(names)
  const lines = shown.map((moderator, index) => line(moderator, first + index + 1, formatter, page))
  const paged = { ...page, total: moderators.length }
  const window = windowAndCoverage(query.filter, coverage)
  const resyncPolicy = WINDOWS.map((days) =>
    button(`${days} days`, { does: 'window', asker: query.askerId, question: number, days }),
  )
  return {
    embeds: [
      {
        title: 'Who does the work',
        description: [
          notice,
          ...about,
          ...(lines.length > 0 ? [...summary(page), '', ...lines] : ['', nobody(page)]),
        ]
          .filter((part) => part !== undefined)
          .join('\n'),
        color: COLOURS.neutral,
        ...(chart && { image: { url: `attachment://${CHART}` } }),
        footer: { text: [...(shown.length > 0 ? [position(paged, shown.length)] : []), window].join(' · ') },
      },
    ],
    components: [...pageRow(paged), { type: ComponentType.ActionRow, components: resyncPolicy }],
    ...(chart && { files: [{ name: CHART, content: chart }] }),
  }
}

function nobody({ query, coverage, unknown, unnamed }: ActivityPage): string {
  const { roleId, filter } = query
  if (hasHoles(coverage, filter.from, filter.to)) {
    const whom = unknown > 0 ? `what ${pluralize(unknown, 'moderator')} did` : 'who did anything'
    return `It is not known ${whom}, because not all of this window could be read: ${missingIn(filter, coverage)}.`
  }
  const none =
    roleId === undefined
      ? 'No moderator was ever seen to act here.'
      : 'Nobody with this role was ever seen to moderate here.'
  return unnamed === 0
    ? none
    : `${none} Discord names nobody for ${pluralize(unnamed, 'entry', 'entries')} in this window.`
}

function summary(page: ActivityPage): string[] {
  const { query, coverage, moderators, unknown } = page
  const { from, to } = query.filter
  const { nothingBefore } = gapsWithin(coverage, from, to)
  const active = moderators.filter(({ total, throughBots }) => total + throughBots > 0)
  const actions = moderators.reduce((sum, { total }) => sum + total, 0)
  const others = byOthers(page)
  if (hasHoles(coverage, from, to)) {
    const known = `${pluralize(actions, 'action')} by ${pluralize(active.length, 'moderator')}, as far as is known`
    const unlisted = pluralize(unknown, 'more is', 'more are')
    const why = 'not listed, because not all of this window could be read.'
    return [[known, ...others].join(' · '), ...(unknown > 0 ? [`${unlisted} ${why}`] : [])]
  }
  const begins = nothingBefore === null ? [] : [`the archive begins on ${utcDay(timeOf(nothingBefore))}`]
  const all = pluralize(moderators.length, 'moderator')
  return [
    [
      `${pluralize(actions, 'action')} by ${formatNumber(active.length)} of ${all}`,
      ...others,
      ...begins,
    ].join(' · '),
  ]
}

/** What nobody in the list did. */
function byOthers({ byBots, unnamed }: ActivityPage): string[] {
  return [
    ...(byBots > 0 ? [`bots did ${formatNumber(byBots)} more`] : []),
    ...(unnamed > 0 ? [`Discord names nobody for ${formatNumber(unnamed)} more`] : []),
  ]
}

/**
 * `1. @mod **812** +14 through bots ▲ 40 · 40 bans & kicks · … · last seen 3 hours ago`. In a window with holes a zero
 * says nothing.
 */
function line(
  moderator: Moderator,
  rank: number,
  formatter: Formatter,
  { query, coverage }: ActivityPage,
): string {
  const { from, to } = query.filter
  const { id, total, throughBots, split, lastSeen } = moderator
  const through = throughBots > 0 ? ` +${formatNumber(throughBots)} through bots` : ''
  const parts = PARTS.flatMap((part) => (split[part] > 0 ? [partOf(part, split[part])] : []))
  const seen = lastSeen === undefined ? 'not seen here' : lastSeenAt(lastSeen, to, coverage)
  const own = total > 0 || !hasHoles(coverage, from, to) ? ` **${formatNumber(total)}**` : ''
  const who = `${rank}. ${formatter.user(id)}${own}${through}${trend(moderator)}`
  return [who, ...parts, seen].join(' · ')
}

/** When somebody was seen last, which may have been later where what came after is not known. */
function lastSeenAt(id: Snowflake, to: Snowflake | undefined, coverage: KnownCoverage): string {
  const seen = `last seen <t:${Math.floor(timeOf(id) / 1000)}:R>`
  return hasHoles(coverage, id, to) ? `${seen} or later` : seen
}

const NOUNS: Readonly<Record<Part, readonly [one: string, many: string]>> = {
  'bans & kicks': ['ban or kick', 'bans & kicks'],
  timeouts: ['timeout', 'timeouts'],
  'messages deleted': ['message deleted', 'messages deleted'],
  roles: ['role change', 'role changes'],
  channels: ['channel change', 'channel changes'],
  other: ['other', 'other'],
}

function partOf(part: Part, amount: number): string {
  const [one, many] = NOUNS[part]
  return pluralize(amount, one, many)
}

/** How much more or less than in the window before. */
function trend({ total, throughBots, before }: Moderator): string {
  const change = before === undefined ? 0 : total + throughBots - before
  return change === 0 ? '' : change > 0 ? ` ▲ ${formatNumber(change)}` : ` ▼ ${formatNumber(-change)}`
}
