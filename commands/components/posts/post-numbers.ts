import { type ComponentRequest, parseInteger } from '../../../src/command/component.ts'
import type { Post } from '../../../src/core/watch/post.ts'
import type { Watch } from '../../../src/core/watch/watch.ts'

/** A post: the number of its watch, and its number among the posts of that. They begin what its custom ids contain. */
export type PostNumbers = Pick<Post, 'watch' | 'number'>

/** Parses the numbers of a post; undefined if they are none. */
export function parsePost(
  watchPart: string | undefined,
  numberPart: string | undefined,
): PostNumbers | undefined {
  const [watch, number] = [parseInteger(watchPart), parseInteger(numberPart)]
  return watch === undefined || number === undefined ? undefined : { watch, number }
}

/** The feed, alert or digest of a post; undefined if it was removed. */
export async function watchOf(
  post: PostNumbers,
  { archive, guildId }: ComponentRequest,
): Promise<Watch | undefined> {
  return (await archive.watches(guildId)).find(({ number }) => number === post.watch)
}
