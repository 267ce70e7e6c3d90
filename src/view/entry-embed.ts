import type { APIEmbed, APIEmbedField } from 'discord-api-types/v10'
import { actionOf } from '../core/action.ts'
import type { Entry, RawChange } from '../core/entry.ts'
import { cut, inert } from '../core/inert.ts'
import { timeOf } from '../core/snowflake.ts'
import { written } from '../core/words.ts'
import { COLOURS, EMBED, type Reply } from './reply.ts'
import { sentenceOf } from './sentence.ts'
import { markdown } from './voice.ts'

/** One entry whole: who, what, whom, when, why, and every change and extra that fits. */
export function entryReply(entry: Entry): Reply {
  const { name, emoji, category } = actionOf(entry.kind)
  const seconds = Math.floor(timeOf(entry.id) / 1000)
  const { channel_id: _channel, count: _count, ...extras } = entry.options
  const embed: APIEmbed = {
    title: `${emoji} ${name}`,
    color: COLOURS[category],
    description: sentenceOf(entry, markdown),
    fields: [
      field('By', entry.executorId === null ? 'unknown' : markdown.user(entry.executorId)),
      ...(entry.targetId === null ? [] : [field('Target', markdown.id(entry.targetId))]),
      field('When', `<t:${seconds}:F> (<t:${seconds}:R>)`),
      ...(category === 'none' ? [] : [field('Category', category)]),
      ...(entry.channelId === null ? [] : [field('Channel', markdown.channel(entry.channelId))]),
      ...(entry.count === null ? [] : [field('Count', written(entry.count))]),
      ...(entry.reason ? [{ name: 'Reason', value: cut(inert(entry.reason), EMBED.fieldValue) }] : []),
      ...lines('Changes', entry.changes.map(changeLine)),
      ...lines(
        'Details',
        Object.entries(extras).map(([key, value]) => `${inert(key, 60)}: ${shown(value)}`),
      ),
    ],
    footer: { text: `Entry ${entry.id}` },
  }
  return { embeds: [embed], components: [] }
}

function field(name: string, value: string): APIEmbedField {
  return { name, value, inline: true }
}

function changeLine({ key, old_value, new_value }: RawChange): string {
  return `${inert(key, 60)}: ${shown(old_value)} → ${shown(new_value)}`
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'none'
  return inert(typeof value === 'string' ? value : JSON.stringify(value), 120)
}

/** A field of as many lines as fit, and how many did not. */
function lines(name: string, all: readonly string[]): APIEmbedField[] {
  if (all.length === 0) return []
  const fitting = all.filter((_, index) => all.slice(0, index + 1).join('\n').length <= EMBED.fieldValue - 20)
  const rest = all.length - fitting.length
  return [{ name, value: [...fitting, ...(rest > 0 ? [`… and ${rest} more`] : [])].join('\n') }]
}
