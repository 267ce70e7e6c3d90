import type { APIEmbedField } from 'discord-api-types/v10'
import { actionOf, automaticActor } from '../../core/audit-log/action.ts'
import type { Entry } from '../../core/audit-log/entry.ts'
import { Kind } from '../../core/audit-log/kind.ts'
import { timeOf } from '../../core/snowflake.ts'
import { escapeWithin } from '../../core/text/escape.ts'
import { formatNumber } from '../../core/text/numbers.ts'
import { EMBED } from '../reply.ts'
import { code, type Formatter, timestamp } from '../text/formatter.ts'
import { formatTarget } from '../text/target.ts'

/** The fields with the facts of an entry: who, what, when, where, how many and why. */
export function entryFields(entry: Entry, formatter: Formatter): APIEmbedField[] {
  const { onBehalfOfId, targetId, channelId, count, kind, reason } = entry
  const { category, target } = actionOf(kind)
  const time = timeOf(entry.id)
  return [
    field('By', formatExecutor(entry, formatter)),
    ...(onBehalfOfId === null ? [] : [field('For', withId(formatter.user(onBehalfOfId), onBehalfOfId))]),
    ...(targetId === null
      ? []
      : [field('Target', withId(formatTarget(targetId, target, formatter), targetId))]),
    field('When', `${timestamp(time, 'F')} (${timestamp(time, 'R')})`),
    field('Category', category),
    ...(channelId === null ? [] : [field('Channel', formatter.channel(channelId))]),
    ...(count === null ? [] : [field('Count', formatNumber(count))]),
    ...(reason ? [{ name: 'Reason', value: escapeWithin(reason, EMBED.fieldValue) }] : []),
  ]
}

function formatExecutor({ kind, executorId }: Entry, formatter: Formatter): string {
  if (kind === Kind.PrunePart) return 'whoever started the prune'
  if (executorId === null) return automaticActor(kind) ?? 'unknown'
  return withId(formatter.user(executorId), executorId)
}

/** A mention, and its id so that it can be copied. */
function withId(mention: string, id: string): string {
  return mention === code(id) ? mention : `${mention} ${code(id)}`
}

function field(name: string, value: string): APIEmbedField {
  return { name, value, inline: true }
}
