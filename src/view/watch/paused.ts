import type { Names } from '../../core/names/names.ts'
import { escapeMarkdown } from '../../core/text/escape.ts'
import type { Watch } from '../../core/watch/watch.ts'
import { COLOURS, type Reply } from '../reply.ts'
import { describeObstacle } from './obstacle.ts'

/**
 * Tells the member who set some feeds, alerts and digests of a channel that nothing can be posted. It is sent as a direct
 * message.
 * @param watches those that are paused
 */
export function pausedMessage(watches: readonly [Watch, ...Watch[]], names: Names): Reply {
  const [first] = watches
  const { channelId, guildId } = first
  const server = names.get('guild', guildId)?.name
  const where = server === undefined ? 'Custos' : `In **${escapeMarkdown(server, 100)}**, Custos`
  const refused = `${where} cannot post in https://discord.com/channels/${guildId}/${channelId}`
  return {
    embeds: [
      {
        title: titleOf(watches),
        description:
          watches.length === 1
            ? `${refused}: ${reasonOf(first)}. ${remedyOf(watches)}`
            : [`${refused}:`, ...reasonLines(watches), remedyOf(watches)].join('\n'),
        color: COLOURS.deleted,
      },
    ],
    components: [],
  }
}

function titleOf(watches: readonly [Watch, ...Watch[]]): string {
  if (watches.length === 1) return `Your ${nameOf(watches[0])} is paused`
  return `${watches.length} of your ${listed(typesOf(watches).map((type) => `${type}s`))} are paused`
}

/** A line for each reason, with all that are paused for it. */
function reasonLines(watches: readonly Watch[]): string[] {
  return [...Map.groupBy(watches, reasonOf)].map(
    ([reason, paused]) => `• ${listed(paused.map(nameOf))}: ${reason}`,
  )
}

function reasonOf({ paused }: Watch): string {
  return describeObstacle(paused?.obstacle ?? { type: 'permissions', permissions: [] })
}

function remedyOf(watches: readonly [Watch, ...Watch[]]): string {
  const isOne = watches.length === 1
  const gone = watches.filter(({ paused }) => paused?.obstacle.type === 'channel')
  if (gone.length === 0) {
    return isOne
      ? 'It goes on where it stopped as soon as it can.'
      : 'They go on where they stopped as soon as they can.'
  }
  const commands = (name: string) => listed(typesOf(gone).map((type) => `\`/custos ${type} ${name}\``))
  return isOne
    ? `Set another with ${commands('add')}, and remove this one with ${commands(`remove id:${watches[0].number}`)}.`
    : `Set others with ${commands('add')}, and remove these with ${commands('remove')}.`
}

/** `feed 1` */
function nameOf({ number, definition: { type } }: Watch): string {
  return `${type} ${number}`
}

function typesOf(watches: readonly Watch[]): string[] {
  return [...new Set(watches.map(({ definition: { type } }) => type))]
}

function listed(items: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(items)
}
