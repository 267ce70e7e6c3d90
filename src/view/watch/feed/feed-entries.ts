import { type APIEmbed, type APIStringSelectComponent, ComponentType } from 'discord-api-types/v10'
import { actionOf } from '../../../core/audit-log/action.ts'
import type { Entry } from '../../../core/audit-log/entry.ts'
import type { Names } from '../../../core/names/names.ts'
import { timeOf } from '../../../core/snowflake.ts'
import { escapeMarkdown } from '../../../core/text/escape.ts'
import { pluralize } from '../../../core/text/numbers.ts'
import { formatOffset } from '../../../core/time/format-time.ts'
import { DAY } from '../../../core/time/units.ts'
import { entryLines, showsTimesAsText, summaryOf } from '../../entry/entry-line.ts'
import { entryOptions } from '../../entry/entry-options.ts'
import { button } from '../../paging.ts'
import { COLOURS, EMBED, type Reply } from '../../reply.ts'
import { fitNames, markdownFormatter, timestamp } from '../../text/formatter.ts'

/** Entries that a feed posts one by one. */
interface FeedEntries {
  readonly entries: readonly [Entry, ...Entry[]]
  /** Whether they are so old that the post says so. */
  readonly isLate: boolean
  readonly names: Names
  /** In milliseconds since the Unix epoch. */
  readonly now: number
  /** Of times as text, an IANA name. */
  readonly timeZone: string
  /** The custom id of the button or menu that shows an entry. */
  readonly entryId: string
}

/** The longest reason that a card shows. Details have all of it. */
const LONGEST_REASON = 512

/** Entries as a feed posts them: one as a card with a button, several as lines with a menu. */
export function feedEntriesReply(post: FeedEntries): Reply {
  const { entries, entryId } = post
  if (entries.length === 1) {
    const components = [button('Details', entryId)]
    return { embeds: [card(post)], components: [{ type: ComponentType.ActionRow, components }] }
  }
  const { embed, options, placeholder } = lines(post)
  const menu: APIStringSelectComponent = {
    type: ComponentType.StringSelect,
    custom_id: entryId,
    placeholder,
    options,
  }
  return { embeds: [embed], components: [{ type: ComponentType.ActionRow, components: [menu] }] }
}

function card({ entries: [entry], isLate, names }: FeedEntries): APIEmbed {
  const { category, emoji, name } = actionOf(entry.kind)
  const ago = timestamp(timeOf(entry.id), 'R')
  const text = (known: Names) => `${summaryOf(entry, markdownFormatter(known))} · ${ago}`
  const reason = entry.reason ? `\n> ${escapeMarkdown(entry.reason, LONGEST_REASON)}` : ''
  return {
    title: `${late(isLate)}${emoji} ${name}`,
    description: `${fitNames(EMBED.description - reason.length, names, text)}${reason}`,
    color: COLOURS[category],
  }
}

function lines({ entries, isLate, names, now, timeZone }: FeedEntries) {
  const areNew = entries.every(({ id }) => now - timeOf(id) < DAY)
  const listed = { query: { askedAt: now, timeZone }, entries, first: 1, names, areNew }
  const [category, ...others] = new Set(entries.map(({ kind }) => actionOf(kind).category))
  const offsets = [...new Set(entries.map(({ id }) => formatOffset(timeOf(id), timeZone)))].join(' and ')
  const isInLines = showsTimesAsText(listed)
  const embed: APIEmbed = {
    title: `${late(isLate)}${pluralize(entries.length, 'action')}`,
    description: entryLines(listed, EMBED.description),
    color: category && others.length === 0 ? COLOURS[category] : COLOURS.neutral,
    ...(isInLines && { footer: { text: `Times in ${offsets}` } }),
  }
  const placeholder = `Show details${isInLines ? '' : ` (times in ${offsets})`}`
  return { embed, placeholder, options: entryOptions(listed) }
}

function late(isLate: boolean): string {
  return isLate ? 'Late: ' : ''
}
