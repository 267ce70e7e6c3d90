import { ButtonStyle, ComponentType } from 'discord-api-types/v10'
import type { KnownCoverage } from '../../../core/coverage/known-coverage.ts'
import type { Names } from '../../../core/names/names.ts'
import { maxId, type Snowflake, timeOf } from '../../../core/snowflake.ts'
import { formatNumber, pluralize } from '../../../core/text/numbers.ts'
import { formatDay } from '../../../core/time/format-time.ts'
import { DAY } from '../../../core/time/units.ts'
import type { Burst } from '../../../core/watch/alerts/bursts.ts'
import type { AlertPreview } from '../../../core/watch/alerts/preview.ts'
import type { Alert } from '../../../core/watch/watch.ts'
import { windowAndCoverage } from '../../coverage-line.ts'
import { button } from '../../paging.ts'
import { COLOURS, EMBED, type Reply } from '../../reply.ts'
import { type Formatter, fitNames, markdownFormatter } from '../../text/formatter.ts'
import { ruleInWords } from './alert-words.ts'
import { burstLine } from './burst-line.ts'

/** An alert that a member is about to set. */
interface ShownPreview {
  readonly alert: Alert
  readonly channelId: Snowflake
  /** What it would have done; undefined for the one that is not about entries. */
  readonly preview: AlertPreview | undefined
  /** Of the window of the preview. */
  readonly coverage: KnownCoverage
  /** Whether entries of the window are missing. */
  readonly isIncomplete: boolean
  readonly timeZone: string
  readonly names: Names
  /** Whether Custos may ping the role. */
  readonly canPing: boolean
  /** A sentence above it, such as that Discord could not be read. */
  readonly notice: string | undefined
  readonly confirmId: string
  readonly cancelId: string
}

/** How many of the last warnings are listed. */
const MOST_LISTED = 5

/** How many of those who caused warnings are named. */
const MOST_NAMED = 5

/** From how many warnings on it is said how many came in each week. */
const MANY = 3

const WEEK = 7 * DAY

/** What an alert would have done, before it is set: how often, when and by whom, and a better count if that is too often. */
export function alertPreviewReply(shown: ShownPreview): Reply {
  const { preview, coverage, timeZone, names, notice, confirmId, cancelId } = shown
  const write = (known: Names) =>
    [notice, ruleLines(shown, known), preview && outcomeLines(shown, preview, markdownFormatter(known))]
      .filter((part) => part !== undefined && part !== '')
      .join('\n\n')
  const window = preview && { filter: { from: preview.from }, timeZone }
  const buttons = 'The buttons work for five minutes.'
  const set = { ...button('Set this alert', confirmId), style: ButtonStyle.Success } as const
  return {
    embeds: [
      {
        title: titleOf(shown),
        description: fitNames(EMBED.description, names, write),
        color: preview?.rarely !== undefined ? COLOURS.updated : COLOURS.neutral,
        footer: { text: window ? `${windowAndCoverage(window, coverage)} · ${buttons}` : buttons },
      },
    ],
    components: [{ type: ComponentType.ActionRow, components: [set, button('Cancel', cancelId)] }],
  }
}

function titleOf({ preview, coverage, isIncomplete, timeZone }: ShownPreview): string {
  if (!preview) return 'Set this alert?'
  const { bursts, days, from, knownDays } = preview
  const begin = coverage.ranges[0]?.start
  const during =
    knownDays < days && begin !== undefined
      ? `since ${formatDay(timeOf(maxId(begin, from)), timeZone)}`
      : `in the last ${days === 1 ? 'day' : `${days} days`}`
  const atLeast = isIncomplete ? 'at least ' : ''
  if (bursts.length === 0)
    return `It would not have warned ${during}${isIncomplete ? ', as far as is known' : ''}`
  const times = bursts.length === 1 ? 'once' : pluralize(bursts.length, 'time')
  return `It would have warned ${atLeast}${times} ${during}`
}

/** What the alert is, and what has to be known about it. */
function ruleLines({ alert, channelId, canPing }: ShownPreview, names: Names): string {
  const { exempt, pingRoleId } = alert
  const formatter = markdownFormatter(names)
  const whom = [...exempt.userIds.map(formatter.user), ...exempt.roleIds.map(formatter.role)]
  const shown = whom.slice(0, MOST_NAMED)
  const rest = whom.length - shown.length
  const ping = pingRoleId === undefined ? '' : `, and pings ${formatter.role(pingRoleId)}`
  return [
    `**${ruleInWords(alert)}**, in <#${channelId}>${ping}.`,
    ...(whom.length === 0 ? [] : [`Not counted: ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`]),
    ...(canPing || pingRoleId === undefined
      ? []
      : [
          `⚠️ Custos cannot ping ${formatter.role(pingRoleId)}: allow everyone to mention the role, or give Custos the ` +
            '**Mention Everyone** permission. It warns without that, too.',
        ]),
    remarkOn(alert),
  ]
    .filter((line) => line !== '')
    .join('\n')
}

/** What the preview of a ready rule cannot know. */
function remarkOn({ rule }: Alert): string {
  if (rule.type !== 'preset') return ''
  switch (rule.preset) {
    case 'dangerous permission':
      return '-# What a role permits is taken as it is now, because the log does not say what it was.'
    case 'first ban':
      return '-# Somebody counts as new until they have acted as a moderator for longer than that time, as far as the archive goes back.'
    case 'log unreadable':
      return 'It warns when Custos loses the **View Audit Log** permission, and says when it has it again. If it cannot post in that channel any more, it cannot warn.'
    default:
      return ''
  }
}

function outcomeLines(shown: ShownPreview, preview: AlertPreview, formatter: Formatter): string {
  const { alert } = shown
  const { bursts, days, rarely } = preview
  const cut =
    days < 90 ? [`There is too much to look at 90 days: these are the last ${pluralize(days, 'day')}.`] : []
  if (bursts.length === 0) return cut.join('\n')
  const listed = bursts.slice(-MOST_LISTED).toReversed()
  const busiest = bursts.reduce((most, burst) => (burst.units > most.units ? burst : most))
  const line = (burst: Burst) => burstLine(burst, alert, formatter)
  return [
    ...cut,
    ...(rarely === undefined
      ? []
      : [
          `⚠️ That is more than once a day. With \`count:${rarely}\`, it would have warned about once a week or less.`,
        ]),
    ...whoseLine(bursts, alert, formatter),
    ...weeksLine(bursts, preview),
    '',
    bursts.length > listed.length ? 'The last:' : 'When:',
    ...listed.map((burst) => `• ${line(burst)}`),
    ...(bursts.length > listed.length ? [`The largest: ${line(busiest)}`] : []),
  ].join('\n')
}

/** Whose actions caused how many warnings. */
function whoseLine(bursts: readonly Burst[], { per }: Alert, formatter: Formatter): string[] {
  if (per === 'server') return []
  const counts = [...Map.groupBy(bursts, ({ key }) => key)]
    .map(([key, those]) => ({ key, count: those.length }))
    .toSorted((a, b) => b.count - a.count)
  const named = counts.slice(0, MOST_NAMED).map(({ key, count }) => {
    const who =
      key === null ? 'somebody unknown' : per === 'target' ? formatter.entity(key) : formatter.user(key)
    return `${who} **${formatNumber(count)}**`
  })
  const rest = counts.length - named.length
  return [
    `${per === 'target' ? 'On' : 'By'} ${[...named, ...(rest > 0 ? [`${rest} more`] : [])].join(' · ')}`,
  ]
}

/** How many warnings came in each week. */
function weeksLine(bursts: readonly Burst[], { knownDays, to }: AlertPreview): string[] {
  const weeks = Math.ceil((knownDays * DAY) / WEEK)
  if (bursts.length <= MANY || weeks < 2) return []
  const start = timeOf(to) - weeks * WEEK
  const counts = Array.from(
    { length: weeks },
    (_, week) => bursts.filter((burst) => Math.floor((timeOf(burst.from) - start) / WEEK) === week).length,
  )
  return [`By week, the last one last: ${counts.join(' · ')}`]
}
