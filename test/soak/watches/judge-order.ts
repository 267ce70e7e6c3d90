import type { ShownPost } from './shown-posts.ts'

/**
 * Each post was sent once, in the order of their numbers. @param posts in the order in which they stand in the channel
 * @returns what is wrong, a line each
 */
export function disordered(posts: readonly ShownPost[]): string[] {
  return posts.flatMap(({ number }, index) => {
    const before = posts[index - 1]?.number ?? 0
    if (number > before) return []
    return [number === before ? `post ${number} was sent twice` : `post ${number} was sent after ${before}`]
  })
}
