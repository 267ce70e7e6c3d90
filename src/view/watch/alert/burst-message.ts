import { type APIEmbed, ComponentType } from 'discord-api-types/v10'
import { actionOf } from '../../../core/audit-log/action.ts'
import type { Entry } from '../../../core/audit-log/entry.ts'
import { classByKinds } from '../../../core/names/entity-class.ts'
import type { Names } from '../../../core/names/names.ts'
import { byActionName } from '../../../core/query/tally.ts'
import { type Snowflake, timeOf } from '../../../core/snowflake.ts'
import { escapeMarkdown, truncate } from '../../../core/text/escape.ts'
import { formatNumber, pluralize } from '../../../core/text/numbers.ts'
import { formatOffset } from '../../../core/time/format-time.ts'
import { DAY } from '../../../core/time/units.ts'
import type { BurstRange } from '../../../core/watch/alerts/bursts.ts'
import type { BurstTotals } from '../../../core/watch/alerts/totals.ts'
import type { Alert, Watch } from '../../../core/watch/watch.ts'
import type { ChannelMessage } from '../../channel-message.ts'
import { entryLines, showsTimesAsText, summaryOf } from '../../entry/entry-line.ts'
import { actionCount } from '../../list/counts.ts'
import { button } from '../../paging.ts'
import { COLOURS, EMBED } from '../../reply.ts'
import { fitNames, fromTo, markdownFormatter, plainFormatter, timestamp } from '../../text/formatter.ts'
import { formatTarget } from '../../text/target.ts'
import { amountOf, duringOf, nobodyIn, ruleInWords } from './alert-words.ts'

/** Actions that an alert warns of. */
export interface ShownBurst {
  readonly watch: Pick<Watch<Alert>, 'number' | 'definition'>
  readonly burst: BurstRange
  readonly totals: BurstTotals
  /** The newest entries, newest first. */
  readonly entries: readonly Entry[]
  readonly isOpen: boolean
  /** Whether it was over for a while when Custos could warn of it. */
  readonly isLate: boolean
  readonly names: Names
  /** Of the moment when it is shown, in milliseconds since the Unix epoch. */
  readonly now: number
  readonly timeZone: string
  /** The custom id of the button that lists the entries, and of the one that shows an entry. */
  readonly listId: string
  readonly entryId: string
}

/** How many entries are shown as lines: all, or the newest. */
const MOST_LINES = 5
const NEWEST_LINES = 3

/** How much of a reason is shown. */
const LONGEST_REASON = 512

/** How many people are named. */
const MOST_NAMED = 5

/** How long a name in a title is. */
const LONGEST_TITLE = 200

/** What an alert posts: how much of what was done by whom in which time, since when, and what is behind it. */
export function burstMessage(shown: ShownBurst): ChannelMessage {
  const { definition } = shown.watch
  const { pingRoleId } = definition
  const frame: APIEmbed = {
    title: titleOf(shown),
    color: COLOURS.deleted,
    footer: { text: footerOf(shown) },
  }
  const description = shown.totals.entries === 1 ? onlyEntry(shown) : severalEntries(shown)
  return {
    embeds: [{ ...frame, description }],
    components: [{ type: ComponentType.ActionRow, components: [buttonOf(shown)] }],
    ...(pingRoleId !== undefined && { pingRoleId }),
  }
}

/** What a warning of one entry says: the entry. */
function onlyEntry({ entries: [entry], names }: ShownBurst): string {
  if (!entry) return ''
  const reason = entry.reason ? `\n> ${escapeMarkdown(entry.reason, LONGEST_REASON)}` : ''
  const text = (known: Names) =>
    `${actionOf(entry.kind).emoji} ${summaryOf(entry, markdownFormatter(known))} · ${timestamp(timeOf(entry.id), 'R')}`
  return `${fitNames(EMBED.description - reason.length, names, text)}${reason}`
}

/** Who did what and when, and the entries. */
function severalEntries(shown: ShownBurst): string {
  const facts = [whoLine(shown), timesLine(shown), kindsLine(shown)]
  const above = facts.filter((line) => line !== undefined).join('\n')
  return [above, linesOf(shown, EMBED.description - above.length - 2)]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** `🚨 12 bans in 40 seconds by @mod`. Discord shows no mentions in titles, so it has the name, if that is known. */
function titleOf({ watch, burst, totals, isLate, names, timeZone }: ShownBurst): string {
  const { rule, per } = watch.definition
  const { units, kinds, isCut } = totals
  const preset = rule.type === 'preset' ? rule.preset : undefined
  const isOne = units === 1 && !isCut
  const formatter = plainFormatter(names, timeZone)
  const actor = per === 'moderator' ? burst.key : onlyActor(totals)
  const by = actor !== null && names.get('user', actor) ? ` by ${formatter.user(actor)}` : ''
  const what =
    preset === 'dangerous permission'
      ? isOne
        ? 'Dangerous permission given'
        : `Dangerous permissions given ${pluralize(units, 'time')}`
      : amountOf(units, kinds.keys(), isCut)
  const first = by === '' ? ' by someone who never acted before' : `${by}, who never acted before`
  const whose = preset === 'first ban' ? first : by
  return truncate(`🚨 ${isLate ? 'Late: ' : ''}${what}${isOne ? '' : duringOf(burst)}${whose}`, LONGEST_TITLE)
}

/** Who acted, and on what; undefined if neither is known. */
function whoLine({ watch, burst, totals, entries, names }: ShownBurst): string | undefined {
  const { per } = watch.definition
  const formatter = markdownFormatter(names)
  const { actors } = totals
  const named = [...actors].slice(0, MOST_NAMED).map(([actorId, units]) => {
    const who = actorId === null ? nobodyIn(totals.kinds.keys()) : formatter.user(actorId)
    return actors.size === 1 ? who : `${who} **${formatNumber(units)}**`
  })
  const rest = actors.size - named.length
  const by = `By ${[...named, ...(rest > 0 ? [`${rest} more`] : [])].join(' · ')}`
  if (per === 'target' && burst.key !== null) {
    const type = classByKinds(entries.map(({ kind }) => kind))
    return `On ${formatTarget(burst.key, names.classMeantBy(burst.key) ?? type, formatter)} · ${by}`
  }
  const on = totals.targets > 1 ? ` · on ${formatNumber(totals.targets)} targets` : ''
  return `${by}${on}`
}

function timesLine({ burst, isOpen }: ShownBurst): string {
  const [first, last] = [timeOf(burst.from), timeOf(burst.to)]
  const since = `Since ${timestamp(first, 't')} · last ${timestamp(last, 'R')}`
  return isOpen ? since : `${fromTo(first, last)} · it is over`
}

/** What was done, if that was of several kinds. */
function kindsLine({ totals: { kinds } }: ShownBurst): string | undefined {
  if (kinds.size < 2) return undefined
  const tallies = byActionName([...kinds].map(([key, units]) => ({ key, entries: units, units })))
  return tallies.slice(0, MOST_NAMED).map(actionCount).join(' · ')
}

/**
 * The entries as lines: all if they are few, otherwise the newest. A reason that all of the newest have stands once above
 * them. It may not be that of earlier ones.
 */
function linesOf(shown: ShownBurst, longest: number): string {
  const { entries, totals, names } = shown
  if (entries.length === 0) return ''
  const isAll = totals.entries <= MOST_LINES
  const [reason, ...others] = new Set(entries.map((entry) => entry.reason))
  const common = reason && others.length === 0 ? `> ${escapeMarkdown(reason, LONGEST_REASON)}\n` : ''
  const title = isAll ? '' : common === '' ? 'The newest:\n' : 'The newest, all with this reason:\n'
  const listed = listedOf(shown).map((entry) => (common === '' ? entry : { ...entry, reason: null }))
  const above = `${title}${common}`
  return `${above}${entryLines({ ...listOf(shown), entries: listed, names }, longest - above.length)}`
}

/** The entries that are shown as lines. */
function listedOf({ entries, totals }: ShownBurst): readonly Entry[] {
  return totals.entries <= MOST_LINES ? entries : entries.slice(0, NEWEST_LINES)
}

function listOf(shown: ShownBurst) {
  const { now, timeZone } = shown
  const entries = listedOf(shown)
  const areNew = entries.every(({ id }) => now - timeOf(id) < DAY)
  return { query: { askedAt: now, timeZone }, entries, first: 1, areNew }
}

function footerOf(shown: ShownBurst): string {
  const { watch, burst, isOpen, totals, timeZone } = shown
  const hasTimes = totals.entries > 1 && showsTimesAsText(listOf(shown))
  return [
    `Alert ${watch.number} · ${ruleInWords(watch.definition)}`,
    ...(isOpen && watch.definition.count + totals.entries > 2 ? ['updated while it goes on'] : []),
    ...(hasTimes ? [`times in ${formatOffset(timeOf(burst.to), timeZone)}`] : []),
  ].join(' · ')
}

function buttonOf({ totals, listId, entryId }: ShownBurst) {
  if (totals.entries === 1) return button('Details', entryId)
  return button(
    totals.isCut ? 'Show all entries' : `Show all ${formatNumber(totals.entries)} entries`,
    listId,
  )
}

/** Who did all of it; null if several did, or if it is not known. */
function onlyActor({ actors }: BurstTotals): Snowflake | null {
  const [first, ...others] = actors.keys()
  return first !== undefined && others.length === 0 ? first : null
}
