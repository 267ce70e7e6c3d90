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

/** The fields with the facts of an entry: who, what, when, where, how many and why. None repeats another. */
export function entryFields(entry: Entry, formatter: Formatter): APIEmbedField[] {
  const { onBehalfOfId, channelId, count, kind, reason } = entry
  const { category, counts } = actionOf(kind)
  const time = timeOf(entry.id)
  const target = formatTargetOf(entry, formatter)
  const channel = channelId === null ? undefined : formatter.channel(channelId)
  return [
    field('By', formatExecutor(entry, formatter)),
    ...(onBehalfOfId === null ? [] : [field('For', withId(formatter.user(onBehalfOfId), onBehalfOfId))]),
    ...(target === undefined ? [] : [field('Target', target)]),
    field('When', `${timestamp(time, 'F')} (${timestamp(time, 'R')})`),
    ...(category === 'none' ? [] : [field('Category', category)]),
    ...(channelId === null || channel === undefined || target === withId(channel, channelId)
      ? []
      : [field('Channel', channel)]),
    // The sentence says “a message” for a count of 1.
    ...(count === null || (count === 1 && counts !== undefined) ? [] : [field('Count', formatNumber(count))]),
    ...(reason ? [{ name: 'Reason', value: escapeWithin(reason, EMBED.fieldValue) }] : []),
  ]
}

/** Who acted. The executor that Discord names for what AutoMod did is usually the offender, who is the target. */
function formatExecutor({ kind, executorId, targetId }: Entry, formatter: Formatter): string {
  if (kind === Kind.PrunePart) return 'whoever started the prune'
  const automatic = automaticActor(kind)
  if (executorId === null) return automatic ?? 'unknown'
  const executor = withId(formatter.user(executorId), executorId)
  if (automatic === undefined) return executor
  return targetId === null || targetId === executorId ? automatic : `${automatic}, ${executor}`
}

function formatTargetOf({ kind, executorId, targetId }: Entry, formatter: Formatter): string | undefined {
  const id = targetId ?? (automaticActor(kind) === undefined ? null : executorId)
  return id === null ? undefined : withId(formatTarget(id, actionOf(kind).target, formatter), id)
}

/** A mention, and its id so that it can be copied. */
function withId(mention: string, id: string): string {
  return mention === code(id) ? mention : `${mention} ${code(id)}`
}

function field(name: string, value: string): APIEmbedField {
  return { name, value, inline: true }
}
