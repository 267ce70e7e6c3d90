import type { APIEmbedField } from 'discord-api-types/v10'
import type { KnownCoverage } from '../../core/coverage/known-coverage.ts'
import type { SyncStatus } from '../../core/coverage/sync-status.ts'
import { NO_NAMES } from '../../core/names/names.ts'
import { formatNumber, pluralize } from '../../core/text/numbers.ts'
import { coverageLine } from '../coverage-line.ts'
import { COLOURS, type Reply } from '../reply.ts'
import { markdownFormatter } from '../text/formatter.ts'
import { completeField, gapsField } from './coverage-fields.ts'
import { syncFields } from './sync-fields.ts'

/** The state of a guild's log. */
interface Status {
  readonly entries: number
  readonly coverage: KnownCoverage
  readonly syncStatus: SyncStatus
  /** How many channels Discord hides from Custos. */
  readonly hiddenChannels: number
  /** Whether erased data may still be in the archive's files. */
  readonly isErasing: boolean
  /** For how many days entries are stored; undefined for ever. */
  readonly retentionDays: number | undefined
  /** The guild's time zone, an IANA name. */
  readonly timeZone: string
  readonly notice: string | undefined
}

/** What is stored of a guild's log, what is missing, and whether new entries arrive. */
export function statusReply(status: Status): Reply {
  const { entries, coverage, syncStatus, hiddenChannels, isErasing, retentionDays, timeZone, notice } = status
  return {
    embeds: [
      {
        title: 'Audit log status',
        color: COLOURS.neutral,
        ...(notice !== undefined && { description: notice }),
        fields: [
          field('Entries held', formatNumber(entries)),
          completeField(coverage),
          field('Last read', coverage.readAt === null ? 'never' : formatter.time(coverage.readAt)),
          gapsField(coverage),
          ...syncFields(syncStatus, timeZone),
          field('Discord keeps', '45 days'),
          field('Custos keeps', retention(retentionDays)),
          ...erasingField(isErasing),
          ...hiddenField(hiddenChannels),
        ],
        footer: { text: coverageLine({ filter: {}, timeZone }, coverage) },
      },
    ],
    components: [],
  }
}

const formatter = markdownFormatter(NO_NAMES)

function retention(days: number | undefined): string {
  const what = days === undefined ? 'everything' : pluralize(days, 'day')
  return `${what}, unless a member with Manage Server erases it with \`/custos forget\``
}

/** Shown until erased data is gone from the disk too. */
function erasingField(isErasing: boolean): APIEmbedField[] {
  if (!isErasing) return []
  const value =
    'Not finished: copies of erased data can remain in the archive’s files until they are rewritten.'
  return [field('Erasing', value)]
}

/** Discord hides the names of channels that the bot may not view, but not their entries. */
function hiddenField(channels: number): APIEmbedField[] {
  if (channels === 0) return []
  const hidden = pluralize(
    channels,
    'private channel whose name Custos cannot see',
    'private channels whose names Custos cannot see',
  )
  const value = `${hidden}. No entries are missing because of this. To show names, give Custos **View Channel** there.`
  return [{ name: 'Hidden channels', value }]
}

function field(name: string, value: string): APIEmbedField {
  return { name, value, inline: true }
}
