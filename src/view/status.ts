import type { APIEmbedField } from 'discord-api-types/v10'
import { type Coverage, gapsWithin } from '../core/coverage.ts'
import { NO_NAMES } from '../core/names.ts'
import { timeOf } from '../core/snowflake.ts'
import type { Standing } from '../core/standing.ts'
import { counted, written } from '../core/words.ts'
import { coverageLine } from './coverage-line.ts'
import { COLOURS, type Reply } from './reply.ts'
import { markdown } from './voice.ts'

/** How many holes are named; of more, only how many there are. */
const HOLES_NAMED = 8

export interface Status {
  readonly entries: number
  readonly coverage: Coverage
  readonly standing: Standing
  /** How many channels Discord hides from Custos. */
  readonly hiddenChannels: number
  /** For how many days entries are kept; undefined for ever. */
  readonly retentionDays: number | undefined
  readonly notice: string | undefined
}

/** What is held of a guild's log, and what is not. */
export function statusReply(status: Status): Reply {
  const { entries, coverage, standing, hiddenChannels, retentionDays, notice } = status
  const { time } = markdown(NO_NAMES)
  const [first] = coverage.ranges
  return {
    embeds: [
      {
        title: 'What I know of this server’s audit log',
        color: COLOURS.neutral,
        ...(notice !== undefined && { description: notice }),
        fields: [
          field('Entries held', written(entries)),
          field('Complete since', first ? time(timeOf(first.start)) : 'nothing has been read yet'),
          field('Last read', coverage.readAt === null ? 'never' : time(coverage.readAt)),
          { name: 'Holes', value: holes(coverage) },
          field('Live', live(standing)),
          field('Permission', permission(standing)),
          field('Discord keeps', '45 days'),
          field('I keep', kept(retentionDays)),
          ...hiddenField(hiddenChannels),
        ],
        footer: { text: coverageLine(coverage) },
      },
    ],
    components: [],
  }
}

function holes(coverage: Coverage): string {
  const { time } = markdown(NO_NAMES)
  const all = gapsWithin(coverage, undefined, undefined).holes
  if (all.length === 0) return 'none'
  const lines = all
    .slice(0, HOLES_NAMED)
    .map(({ after, before }) => `${time(timeOf(after))} to ${time(timeOf(before))}`)
  const rest = all.length - lines.length
  return [...lines, ...(rest > 0 ? [`and ${counted(rest, 'more', 'more')}`] : [])].join('\n')
}

function kept(days: number | undefined): string {
  const what = days === undefined ? 'everything' : counted(days, 'day')
  return `${what}, unless somebody with Manage Server erases it before, by \`/custos forget\``
}

function live({ isLive }: Standing): string {
  return isLive ? 'yes: entries arrive as they are made' : 'no: new entries are read when somebody asks'
}

function permission({ reading }: Standing): string {
  if (reading === 'forbidden') return '**View Audit Log** is missing'
  return reading === undefined ? 'not tried yet' : 'View Audit Log is there'
}

/** Channels that the bot may not view come without their names. Their entries come all the same. */
function hiddenField(channels: number): APIEmbedField[] {
  if (channels === 0) return []
  const hidden = counted(channels, 'private channel, whose name', 'private channels, whose names')
  const value = `${hidden} I may not know. No entry is missing. To let me see names, give my role **View Channel** there.`
  return [{ name: 'Hidden channels', value }]
}

function field(name: string, value: string): APIEmbedField {
  return { name, value, inline: true }
}
