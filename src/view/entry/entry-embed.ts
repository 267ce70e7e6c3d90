import {
  type APIButtonComponentWithCustomId,
  type APIEmbed,
  type APIEmbedField,
  ComponentType,
} from 'discord-api-types/v10'
import { actionOf, doneByItself, Kind } from '../../core/audit-log/action.ts'
import type { Entry } from '../../core/audit-log/entry.ts'
import { namedBy } from '../../core/audit-log/prune-parts.ts'
import { changesOf, extrasOf } from '../../core/changes/changes.ts'
import type { Names } from '../../core/names/names.ts'
import type { EntryActionName } from '../../core/query/component-action.ts'
import { type Snowflake, timeOf } from '../../core/snowflake.ts'
import { escapeWithin } from '../../core/text/escape.ts'
import { formatNumber } from '../../core/text/numbers.ts'
import { sizeOf } from '../list/list.ts'
import { button } from '../paging.ts'
import { COLOURS, EMBED, type Reply } from '../reply.ts'
import { fitLines } from '../text/fit-lines.ts'
import { code, type Formatter, markdownFormatter } from '../text/formatter.ts'
import { targetIn } from '../text/target.ts'
import { valueIn } from '../text/value.ts'
import { changeLine } from './change-line.ts'
import { entryFile } from './entry-file.ts'
import { sentenceOf } from './sentence.ts'

/** How many characters there are for changes, if the rest leaves so many of Discord's 6,000. */
const CHANGES = 2900

const IN_FILE = ' · the file has all of it'

/**
 * One entry whole: who, what, whom, when, why, every change before and after, and every extra. What does not fit
 * the message stands in a file that goes with it.
 * @param notice what the reader has to know first
 */
export function entryReply(entry: Entry, names: Names, askerId: Snowflake, notice?: string): Reply {
  const formatter = markdownFormatter(names)
  const { name, emoji, category } = actionOf(entry.kind)
  const details = fitLines(
    (limits) =>
      extrasOf(entry).map(
        ({ label, value }) => `${valueIn(label, formatter, limits)}: ${valueIn(value, formatter, limits)}`,
      ),
    EMBED.fieldValue,
  )
  const whole: APIEmbed = {
    title: `${emoji} ${name}`,
    color: COLOURS[category],
    description: [
      ...(notice === undefined ? [] : [notice, '']),
      sentenceOf(entry, formatter),
      ...(entry.kind === Kind.PrunePart ? ['', partOf(entry, formatter)] : []),
    ].join('\n'),
    fields: [
      ...factsOf(entry, formatter),
      ...(details.lines.length > 0 ? [{ name: 'Details', value: details.lines.join('\n') }] : []),
    ],
    footer: { text: `Entry ${entry.id}${IN_FILE}` },
  }
  const changes = fitLines(
    (limits) => changesOf(entry).map((change) => `• ${changeLine(change, category, formatter, limits)}`),
    Math.min(CHANGES, EMBED.total - sizeOf(whole) - 2),
  )
  const isCut = changes.isCut || details.isCut
  const embed: APIEmbed = {
    ...whole,
    ...(changes.lines.length > 0 && { description: [whole.description, '', ...changes.lines].join('\n') }),
    ...(!isCut && { footer: { text: `Entry ${entry.id}` } }),
  }
  return {
    embeds: [embed],
    components: [{ type: ComponentType.ActionRow, components: buttons(entry, askerId) }],
    ...(isCut && { files: [entryFile(entry, names)] }),
  }
}

/** Why an entry of a large prune is nobody's act, though Discord names somebody for it. */
function partOf(entry: Entry, formatter: Formatter): string {
  const named = namedBy(entry)
  const member = named === null ? 'a pruned member' : `a pruned member, here ${formatter.user(named)},`
  return (
    'Discord splits a large prune into one entry per 1,000 members. Only the first names who did it. ' +
    `The others name ${member} and a wrong number.`
  )
}

function factsOf(entry: Entry, formatter: Formatter): APIEmbedField[] {
  const { onBehalfOfId, targetId, channelId, count, kind, reason } = entry
  const { category, target } = actionOf(kind)
  const seconds = Math.floor(timeOf(entry.id) / 1000)
  return [
    field('By', byIn(entry, formatter)),
    ...(onBehalfOfId === null ? [] : [field('For', withId(formatter.user(onBehalfOfId), onBehalfOfId))]),
    ...(targetId === null ? [] : [field('Target', withId(targetIn(targetId, target, formatter), targetId))]),
    field('When', `<t:${seconds}:F> (<t:${seconds}:R>)`),
    field('Category', category),
    ...(channelId === null ? [] : [field('Channel', formatter.channel(channelId))]),
    ...(count === null ? [] : [field('Count', formatNumber(count))]),
    ...(reason ? [{ name: 'Reason', value: escapeWithin(reason, EMBED.fieldValue) }] : []),
  ]
}

function byIn({ kind, executorId }: Entry, formatter: Formatter): string {
  if (kind === Kind.PrunePart) return 'whoever began the prune'
  if (executorId === null) return doneByItself(kind) ?? 'unknown'
  return withId(formatter.user(executorId), executorId)
}

/** A mention and the id it stands for, which can be copied. */
function withId(mention: string, id: string): string {
  return mention === code(id) ? mention : `${mention} ${code(id)}`
}

function field(name: string, value: string): APIEmbedField {
  return { name, value, inline: true }
}

const LABELS: Readonly<Record<EntryActionName, string>> = {
  around: 'Around it',
  actor: 'By the same',
  target: 'On the same',
  sides: 'Before and after',
}

function buttons(entry: Entry, asker: Snowflake): APIButtonComponentWithCustomId[] {
  const leads: readonly EntryActionName[] = [
    'around',
    ...(entry.executorId === null ? [] : (['actor'] as const)),
    ...(entry.targetId === null ? [] : (['target'] as const)),
    ...(changesOf(entry).length === 0 ? [] : (['sides'] as const)),
  ]
  return leads.map((does) => button(LABELS[does], { does, asker, entry: entry.id }))
}
