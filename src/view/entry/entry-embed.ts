import { type APIButtonComponentWithCustomId, type APIEmbed, ComponentType } from 'discord-api-types/v10'
import { actionOf, automaticActor } from '../../core/audit-log/action.ts'
import type { Entry } from '../../core/audit-log/entry.ts'
import { Kind } from '../../core/audit-log/kind.ts'
import { namedBy } from '../../core/audit-log/prune-parts.ts'
import { changesOf, extrasOf } from '../../core/changes/changes.ts'
import type { Names } from '../../core/names/names.ts'
import { button } from '../paging.ts'
import { COLOURS, EMBED, embedSize, type Reply } from '../reply.ts'
import { fitLines } from '../text/fit-lines.ts'
import { type Formatter, markdownFormatter } from '../text/formatter.ts'
import { formatValue } from '../text/value.ts'
import { changeLine } from './change-line.ts'
import { entryFields } from './entry-fields.ts'
import { entryFile } from './entry-file.ts'
import { sentenceOf } from './sentence.ts'

/** The custom ids of the buttons under an entry. */
export interface EntryButtonIds {
  /** Shows the entries before and after it. */
  readonly nearby: string
  /** Shows more by the same executor. */
  readonly executor: string
  /** Shows more on the same target. */
  readonly target: string
  /** Shows the target before and after it. */
  readonly diff: string
}

/** An entry to show. */
interface ShownEntry {
  readonly entry: Entry
  readonly names: Names
  /** Of the times in a file, an IANA name. */
  readonly timeZone: string
  readonly ids: EntryButtonIds
  /** A sentence above the entry. */
  readonly notice: string | undefined
}

/** The most characters that the changes use, if the rest of the embed leaves as many. */
const MOST_FOR_CHANGES = 2900

const SEE_FILE = ' · full details in the attached file'

/**
 * All of one entry: who did what to whom, when and why, every change before and after, and every option
 * of the entry. If that does not fit in the message, a file with all of it is attached.
 */
export function entryReply({ entry, names, timeZone, ids, notice }: ShownEntry): Reply {
  const formatter = markdownFormatter(names)
  const { name, emoji, category } = actionOf(entry.kind)
  const details = fitLines(
    (limits) =>
      extrasOf(entry).map(
        ({ label, value }) =>
          `${formatValue(label, formatter, limits)}: ${formatValue(value, formatter, limits)}`,
      ),
    EMBED.fieldValue,
  )
  const withoutChanges: APIEmbed = {
    title: `${emoji} ${name}`,
    color: COLOURS[category],
    description: [
      ...(notice === undefined ? [] : [notice, '']),
      sentenceOf(entry, formatter),
      ...(entry.kind === Kind.PrunePart ? ['', prunePartLine(entry, formatter)] : []),
    ].join('\n'),
    fields: [
      // Whether a member is still in the server is not certain, so the details always have the name.
      ...entryFields(entry, formatter),
      ...(details.lines.length > 0 ? [{ name: 'Details', value: details.lines.join('\n') }] : []),
    ],
    footer: { text: `Entry ${entry.id}${SEE_FILE}` },
  }
  const changes = fitLines(
    (limits) => changesOf(entry).map((change) => `• ${changeLine(change, category, formatter, limits)}`),
    Math.min(MOST_FOR_CHANGES, EMBED.total - embedSize(withoutChanges) - 2),
  )
  const isTruncated = changes.isTruncated || details.isTruncated
  const embed: APIEmbed = {
    ...withoutChanges,
    ...(changes.lines.length > 0 && {
      description: [withoutChanges.description, '', ...changes.lines].join('\n'),
    }),
    ...(!isTruncated && { footer: { text: `Entry ${entry.id}` } }),
  }
  return {
    embeds: [embed],
    components: [{ type: ComponentType.ActionRow, components: buttons(entry, ids) }],
    ...(isTruncated && { files: [entryFile(entry, names, timeZone)] }),
  }
}

/** Explains why an entry of a large prune counts for nobody, although Discord names an executor. */
function prunePartLine(entry: Entry, formatter: Formatter): string {
  const named = namedBy(entry)
  const member = named === null ? 'a pruned member' : `a pruned member, here ${formatter.user(named)},`
  return (
    'Discord splits a large prune into one entry per 1,000 members. Only the first names who did it. ' +
    `The others name ${member} and a wrong number.`
  )
}

function buttons(entry: Entry, ids: EntryButtonIds): APIButtonComponentWithCustomId[] {
  return [
    button('Nearby entries', ids.nearby),
    // The executor of what AutoMod did is the offender.
    ...(entry.executorId === null || automaticActor(entry.kind) !== undefined
      ? []
      : [button('More by this moderator', ids.executor)]),
    ...(entry.targetId === null ? [] : [button('More on this target', ids.target)]),
    ...(changesOf(entry).length === 0 ? [] : [button('Before and after', ids.diff)]),
  ]
}
