import type { Post } from '../../core/watch/post.ts'
import { COLOURS, type Reply } from '../reply.ts'

/** In the place of a post that Discord does not accept. */
export function unshownReply({ watch, number }: Pick<Post, 'watch' | 'number'>): Reply {
  return {
    embeds: [
      {
        title: 'Something happened that Custos could not show here',
        description: 'Use `/audit recent` to see it.',
        color: COLOURS.neutral,
        footer: { text: `For whoever runs Custos: post ${number} of ${watch}` },
      },
    ],
    components: [],
  }
}
