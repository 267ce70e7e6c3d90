import type { APIEmbedField } from 'discord-api-types/v10'
import { CLOCK_OFF } from '../../core/clock.ts'
import { gapsWithin, type KnownCoverage } from '../../core/coverage/coverage.ts'
import { type Failure, hasFailed, type SyncStatus } from '../../core/coverage/sync-status.ts'
import { NO_NAMES } from '../../core/names/names.ts'
import { timeOf } from '../../core/snowflake.ts'
import { formatNumber, pluralize } from '../../core/text/numbers.ts'
import { inWords } from '../../core/time/duration.ts'
import { coverageLine } from '../coverage-line.ts'
import { COLOURS, type Reply } from '../reply.ts'
import { markdownFormatter } from '../text/formatter.ts'

/** How many stretches are named; of more, only how many there are. */
const MOST_NAMED = 8

/** What is told of a guild's log. */
export interface Status {
  readonly entries: number
  readonly coverage: KnownCoverage
  readonly standing: SyncStatus
  /** How many channels Discord hides from Custos. */
  readonly hiddenChannels: number
  /** Whether something that was erased may still stand in the archive's files. */
  readonly isErasing: boolean
  /** For how many days entries are kept; undefined for ever. */
  readonly retentionDays: number | undefined
  readonly notice: string | undefined
}

/** What is held of a guild's log, and what is not. */
export function statusReply(status: Status): Reply {
  const { entries, coverage, standing, hiddenChannels, isErasing, retentionDays, notice } = status
  return {
    embeds: [
      {
        title: 'What I know of this server’s audit log',
        color: COLOURS.neutral,
        ...(notice !== undefined && { description: notice }),
        fields: [
          field('Entries held', formatNumber(entries)),
          complete(coverage),
          field('Last read', coverage.readAt === null ? 'never' : time(coverage.readAt)),
          { name: 'Holes', value: holes(coverage) },
          field('Live', live(standing)),
          field('Permission', permission(standing)),
          ...clock(standing),
          field('Discord keeps', '45 days'),
          field('I keep', kept(retentionDays)),
          ...erasing(isErasing),
          ...hiddenField(hiddenChannels),
        ],
        footer: { text: coverageLine(coverage) },
      },
    ],
    components: [],
  }
}

const { time } = markdownFormatter(NO_NAMES)

function relative(moment: number): string {
  return `<t:${Math.round(moment / 1000)}:R>`
}

/** Since when all is known; or each stretch of which all is known, where there are holes after that. */
function complete(coverage: KnownCoverage): APIEmbedField {
  const [first] = coverage.ranges
  if (!first) return field('Complete since', 'nothing has been read yet')
  const { holes: between, nothingSince } = gapsWithin(coverage, undefined, undefined)
  if (between.length === 0 && nothingSince === null) return field('Complete since', time(timeOf(first.start)))
  const stretches = coverage.ranges.map(({ start, end }) => `${time(timeOf(start))} to ${time(timeOf(end))}`)
  return { name: 'Complete', value: newest(stretches) }
}

function holes(coverage: KnownCoverage): string {
  if (coverage.ranges.length === 0) return 'everything'
  const { nothingBefore, holes: between, nothingSince } = gapsWithin(coverage, undefined, undefined)
  const all = [
    ...(nothingBefore === null ? [] : [`before ${time(timeOf(nothingBefore))}`]),
    ...between.map(({ after, before }) => `${time(timeOf(after))} to ${time(timeOf(before))}`),
    ...(nothingSince === null ? [] : [`since ${time(timeOf(nothingSince))}`]),
  ]
  return all.length === 0 ? 'none' : newest(all)
}

/** The newest lines, oldest first, and how many there are before them. */
function newest(lines: readonly string[]): string {
  const shown = lines.slice(-MOST_NAMED)
  const rest = lines.length - shown.length
  return [...(rest > 0 ? [`${pluralize(rest, 'more', 'more')} before`] : []), ...shown].join('\n')
}

function kept(days: number | undefined): string {
  const what = days === undefined ? 'everything' : pluralize(days, 'day')
  return `${what}, unless somebody with Manage Server erases it before, by \`/custos forget\``
}

const NOT_LIVE: Readonly<Record<Failure, string>> = {
  forbidden: 'no: nothing arrives without **View Audit Log**',
  absent: 'no: Discord says that I am not in this server',
  limited: 'no: the last reading failed, since Discord limits requests, and it is tried again',
  unreadable: 'no: the last reading failed, and Discord is asked again',
  unwritten: 'no: the archive cannot be written to',
}

function live({ liveFrom, reading, limitedUntil }: SyncStatus): string {
  if (liveFrom !== undefined) return 'yes: entries arrive as they are made'
  if (reading === 'limited' && limitedUntil !== undefined)
    return `no: Discord lets me read again ${relative(limitedUntil)}`
  return hasFailed(reading) ? NOT_LIVE[reading] : 'not yet: the log is being read'
}

function permission({ reading }: SyncStatus): string {
  if (reading === 'forbidden') return '**View Audit Log** is missing'
  if (reading === 'read') return 'View Audit Log is there'
  return reading === undefined ? 'not tried yet' : 'not known: the last reading failed'
}

/** Said only where the machine's clock is off. */
function clock({ hostAhead }: SyncStatus): APIEmbedField[] {
  if (Math.abs(hostAhead) <= CLOCK_OFF) return []
  const off = `${inWords(hostAhead / 1000)} ${hostAhead > 0 ? 'ahead' : 'behind'}`
  return [field('Clock', `The machine Custos runs on is ${off}. Discord’s time is used instead.`)]
}

/** Said only until what was erased is gone from the disk too. */
function erasing(isErasing: boolean): APIEmbedField[] {
  if (!isErasing) return []
  const value =
    'Not finished: copies of what was erased can remain in the archive’s files until they are written anew.'
  return [field('Erasing', value)]
}

/** Channels that the bot may not view come without their names. Their entries come all the same. */
function hiddenField(channels: number): APIEmbedField[] {
  if (channels === 0) return []
  const hidden = pluralize(channels, 'private channel, whose name', 'private channels, whose names')
  const value = `${hidden} I may not know. No entry is missing because of that. To let me see names, give my role **View Channel** there.`
  return [{ name: 'Hidden channels', value }]
}

function field(name: string, value: string): APIEmbedField {
  return { name, value, inline: true }
}
