import type { Names } from '../../core/names/names.ts'
import type { Watch } from '../../core/watch/watch.ts'
import { COLOURS, type Reply } from '../reply.ts'
import { describeWatch } from './describe-watch.ts'

/** Says what was set, and what is posted from now on. */
export function watchSetReply(watch: Watch, names: Names): Reply {
  const { number, channelId, definition } = watch
  const { type } = definition
  const lines = [
    `From now on, Custos posts in <#${channelId}>: ${describeWatch(definition, names)}.`,
    `-# Everyone who can read the channel sees it. \`/custos ${type} list\` shows what is set, and ` +
      `\`/custos ${type} remove id:${number}\` removes it.`,
  ]
  return {
    embeds: [
      {
        title: `${type.charAt(0).toUpperCase()}${type.slice(1)} ${number} is set`,
        description: lines.join('\n'),
        color: COLOURS.neutral,
      },
    ],
    components: [],
  }
}
