import type { APIEmbed, APIEmbedField } from 'discord-api-types/v10'
import { Names } from '../../core/names/names.ts'
import { timeOf } from '../../core/snowflake.ts'
import { pluralize } from '../../core/text/numbers.ts'
import { MOST_WATCHES, type Watch, type WatchType } from '../../core/watch/watch.ts'
import { COLOURS, EMBED, embedSize, type Reply } from '../reply.ts'
import { markdownFormatter, timestamp } from '../text/formatter.ts'
import { describeWatch, watchTitle } from './describe-watch.ts'
import { describeObstacle } from './obstacle.ts'

/** What is set, and what came of it. */
export interface ListedWatch {
  readonly watch: Watch
  /** When it last posted, in milliseconds since the Unix epoch; undefined if no post is known. */
  readonly lastPost: number | undefined
}

interface WatchList {
  readonly type: WatchType
  readonly listed: readonly ListedWatch[]
  /** How many feeds, alerts and digests there are together. */
  readonly total: number
  readonly names: Names
  /** The guild's, which digests follow. */
  readonly timeZone: string
}

/** The feeds, alerts or digests of a guild: what each posts and where, who set it, and why it does not post. */
export function watchListReply(list: WatchList): Reply {
  const { type, listed, total, names, timeZone } = list
  const ofAll = `${total} of ${MOST_WATCHES} feeds, alerts and digests`
  const frame: APIEmbed = {
    title: listed.length === 0 ? `No ${type} is set` : pluralize(listed.length, type),
    color: COLOURS.neutral,
    footer: { text: type === 'digest' ? `${ofAll} · Times in ${timeZone}` : ofAll },
  }
  if (listed.length === 0) return { embeds: [{ ...frame, description: HOW_TO_ADD[type] }], components: [] }
  const whole = { ...frame, fields: listed.map((each) => field(each, names)) }
  const short = { ...frame, fields: listed.map((each) => shortField(each, names)) }
  return { embeds: [embedSize(whole) <= EMBED.total ? whole : short], components: [] }
}

const HOW_TO_ADD: Readonly<Record<WatchType, string>> = {
  feed:
    'A feed posts each new entry of the audit log in a channel: all of them, or those that match. ' +
    'Add one with `/custos feed add to:`.',
  alert:
    'An alert warns in a channel when something is done often within a short time. Add one with ' +
    '`/custos alert add to: action:`. Before it is set, you see how often it would have warned.',
  digest:
    'A digest reports in a channel who did what in each day, week or month. Add one with ' +
    '`/custos digest add to: every:`.',
}

function field({ watch, lastPost }: ListedWatch, names: Names): APIEmbedField {
  const { channelId, definition, setBy, setAt } = watch
  const formatter = markdownFormatter(names)
  const set = `Set by ${formatter.user(setBy)} ${timestamp(timeOf(setAt), 'R')}`
  const posted = lastPost === undefined ? [] : [`last post ${timestamp(lastPost, 'R')}`]
  const lines = [
    `${formatter.channel(channelId)} · ${describeWatch(definition, names)}`,
    `-# ${[set, ...posted].join(' · ')}`,
    ...pauseLine(watch),
  ]
  return { name: watchTitle(watch), value: lines.join('\n') }
}

/** How much of what one posts is shown if not everything fits into the message. */
const LONGEST_SHORT = 110

/** Without the names beside mentions, and who set it. */
function shortField({ watch }: ListedWatch, names: Names): APIEmbedField {
  const described = describeWatch(watch.definition, new Names(names.guildId, []))
  const isShort = described.length <= LONGEST_SHORT
  const value = [`<#${watch.channelId}>${isShort ? ` · ${described}` : ''}`, ...pauseLine(watch)]
  return { name: watchTitle(watch), value: value.join('\n') }
}

function pauseLine({ paused }: Watch): string[] {
  if (!paused) return []
  return [`⚠️ Paused ${timestamp(paused.since, 'R')}: ${describeObstacle(paused.obstacle)}`]
}
