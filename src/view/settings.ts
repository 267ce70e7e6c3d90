import { type GuildSettings, timeZoneOf } from '../core/guild-settings.ts'
import type { Operation } from '../core/operation.ts'
import { timeOf } from '../core/snowflake.ts'
import { formatDay, formatOffset, formatTimeOfDay, formatWeekday } from '../core/time/format-time.ts'
import { parseTime } from '../core/time/parse-time.ts'
import type { Watch } from '../core/watch/watch.ts'
import { COLOURS, type Reply } from './reply.ts'
import { timestamp } from './text/formatter.ts'
import { countWatches } from './watch/describe-watch.ts'

/** What the command that is answered has changed. */
export type SettingsChange =
  /** It only asked. */
  | { readonly type: 'none' }
  /** The zone was set before. */
  | { readonly type: 'same' }
  | { readonly type: 'set'; readonly before: GuildSettings }
  /** Another member set another zone at the same moment, and theirs is in force. */
  | { readonly type: 'overtaken'; readonly wanted: string }

interface Settings {
  readonly settings: GuildSettings
  readonly change: SettingsChange
  /** The operation that set the time zone; undefined if it is not known. */
  readonly lastSet: Operation | undefined
  /** The guild's feeds, alerts and digests. */
  readonly watches: readonly Watch[]
  /** In milliseconds since the Unix epoch. */
  readonly now: number
  readonly notice: string | undefined
}

/** What is set in a guild, what it means now, and what the command has changed. */
export function settingsReply({ settings, change, lastSet, watches, now, notice }: Settings): Reply {
  const zone = timeZoneOf(settings)
  const title = change.type === 'set' ? `Time zone set to ${zone}` : `Time zone: ${zone}`
  const isOther = settings.timeZone !== undefined && settings.timeZone !== zone
  const lines = [
    ...(notice === undefined ? [] : [notice, '']),
    ...changeLines(change, lastSet),
    ...(isOther ? [unknownZone(settings.timeZone)] : []),
    ...(settings.timeZone === undefined ? [UNSET] : []),
    `It is ${formatTimeOfDay(now, zone)} now (${formatOffset(now, zone)}), and \`yesterday\` is ${yesterday(now, zone)}.`,
    ABOUT_ZONE,
    ...setLine(change, lastSet),
    ...watchesLine(change, watches),
  ]
  return { embeds: [{ title, description: lines.join('\n'), color: COLOURS.neutral }], components: [] }
}

const ABOUT_ZONE =
  '-# The zone applies to `since` and `until`, day headings, footers, charts and file names. Discord shows each member the ' +
  'other times, such as “2 hours ago”, in their own zone.'

const UNSET = 'None is set, so Custos uses UTC. Set one with `/custos settings timezone:`.'

/** Said in the replies of `/custos settings` and `/audit status`. */
export function unknownZone(name: string): string {
  return `⚠️ \`${name}\` is set, but the Node that Custos runs on does not know it. Custos uses UTC until another is set.`
}

function changeLines(change: SettingsChange, lastSet: Operation | undefined): string[] {
  switch (change.type) {
    case 'same':
      return ['It was set already. Nothing has changed.']
    case 'set':
      return [
        change.before.timeZone === undefined
          ? 'Before, no time zone was set.'
          : `Before, it was ${change.before.timeZone}.`,
      ]
    case 'overtaken': {
      const who = lastSet ? `<@${lastSet.by}>` : 'Another member'
      return [
        `⚠️ ${who} set this zone at the same moment as you set ${change.wanted}. Run the command again to change it.`,
      ]
    }
    case 'none':
      return []
  }
}

/** Who set the zone, unless the reply is to their own command. */
function setLine(change: SettingsChange, lastSet: Operation | undefined): string[] {
  if (change.type === 'set' || !lastSet) return []
  return [`-# Set by <@${lastSet.by}> ${timestamp(timeOf(lastSet.id), 'R')}`]
}

/** What else is set, for a member who looks up what is. */
function watchesLine(change: SettingsChange, watches: readonly Watch[]): string[] {
  if (change.type !== 'none' || watches.length === 0) return []
  const types = new Set(watches.map(({ definition }) => definition.type))
  const lists = [...types].toSorted().map((type) => `\`/custos ${type} list\``)
  return [`Custos posts by itself: ${countWatches(watches)}. See ${lists.join(', ')}.`]
}

/** `Mon 23 Nov 2026`. */
function yesterday(now: number, zone: string): string {
  const parsed = parseTime('yesterday', now, zone)
  if (parsed?.type !== 'parsed') throw new Error('“yesterday” is not parsed as a time.')
  return `${formatWeekday(parsed.value.time, zone)} ${formatDay(parsed.value.time, zone)}`
}
