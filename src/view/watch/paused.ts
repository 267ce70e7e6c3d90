import type { Names } from '../../core/names/names.ts'
import { escapeMarkdown } from '../../core/text/escape.ts'
import type { Obstacle, Watch } from '../../core/watch/watch.ts'
import { COLOURS, type Reply } from '../reply.ts'
import { describeObstacle } from './obstacle.ts'

/** Tells the member who set a feed, alert or digest that nothing can be posted. It is sent as a direct message. */
export function pausedMessage(
  { number, channelId, guildId, definition: { type } }: Watch,
  obstacle: Obstacle,
  names: Names,
): Reply {
  const server = names.get('guild', guildId)?.name
  const where = server === undefined ? 'Custos' : `In **${escapeMarkdown(server, 100)}**, Custos`
  const channel = `https://discord.com/channels/${guildId}/${channelId}`
  const remedy =
    obstacle.type === 'channel'
      ? `Set another with \`/custos ${type} add\`, and remove this one with \`/custos ${type} remove id:${number}\`.`
      : 'It goes on where it stopped as soon as it can.'
  return {
    embeds: [
      {
        title: `Your ${type} ${number} is paused`,
        description: `${where} cannot post in ${channel}: ${describeObstacle(obstacle)}. ${remedy}`,
        color: COLOURS.deleted,
      },
    ],
    components: [],
  }
}
