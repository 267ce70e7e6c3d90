import type { APIEmbedField } from 'discord-api-types/v10'
import type { KnownCoverage } from '../../core/coverage/known-coverage.ts'
import type { SyncStatus } from '../../core/coverage/sync-status.ts'
import { type GuildSettings, timeZoneOf } from '../../core/guild-settings.ts'
import type { Operation } from '../../core/operation.ts'
import { formatNumber, pluralize } from '../../core/text/numbers.ts'
import { formatOffset } from '../../core/time/format-time.ts'
import type { Watch } from '../../core/watch/watch.ts'
import { coverageLine } from '../coverage-line.ts'
import { COLOURS, type Reply } from '../reply.ts'
import { unknownZone } from '../settings.ts'
import { timestamp } from '../text/formatter.ts'
import { completeField, gapsField, hasGaps } from './coverage-fields.ts'
import { operationsField } from './operations-field.ts'
import { syncFields } from './sync-fields.ts'
import { watchesField } from './watches-field.ts'

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
  readonly settings: GuildSettings
  /** What members had Custos do, newest first. */
  readonly operations: readonly Operation[]
  /** The guild's feeds, alerts and digests. */
  readonly watches: readonly Watch[]
  /** When the command was run, in milliseconds since the Unix epoch. */
  readonly now: number
  readonly notice: string | undefined
}

/** What is stored of a guild's log, what is missing, and whether new entries arrive. */
export function statusReply(status: Status): Reply {
  const { entries, coverage, syncStatus, hiddenChannels, isErasing, retentionDays, notice } = status
  const timeZone = timeZoneOf(status.settings)
  return {
    embeds: [
      {
        title: `Audit log status: ${hasGaps(coverage) ? 'incomplete' : 'nothing missing'}`,
        color: COLOURS.neutral,
        ...(notice !== undefined && { description: notice }),
        fields: [
          field('Entries held', formatNumber(entries)),
          completeField(coverage),
          field('Last read', coverage.readAt === null ? 'never' : timestamp(coverage.readAt, 'R')),
          gapsField(coverage),
          ...syncFields(syncStatus, timeZone),
          field('Discord keeps', '45 days'),
          field('Custos keeps', retention(retentionDays)),
          field('Time zone', zone(status)),
          ...erasingField(isErasing),
          ...hiddenField(hiddenChannels),
          ...watchesField(status.watches),
          ...operationsField(status.operations),
        ],
        footer: { text: coverageLine({ filter: {}, timeZone }, coverage) },
      },
    ],
    components: [],
  }
}

function retention(days: number | undefined): string {
  return days === undefined ? 'everything' : pluralize(days, 'day')
}

function zone({ settings, now }: Status): string {
  const inForce = timeZoneOf(settings)
  if (settings.timeZone === undefined) return 'UTC, as none is set'
  if (settings.timeZone !== inForce) return unknownZone(settings.timeZone)
  const offset = formatOffset(now, inForce)
  return offset === inForce ? inForce : `${inForce} (${offset})`
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
