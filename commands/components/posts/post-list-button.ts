import { component } from '../../../src/command/component.ts'
import type { Filter } from '../../../src/core/query/filter.ts'
import { idAfter, isSnowflake, type Snowflake } from '../../../src/core/snowflake.ts'
import type { Watch } from '../../../src/core/watch/watch.ts'
import { watchFilter } from '../../../src/core/watch/watch-filter.ts'
import { type PostNumbers, parsePost, watchOf } from './post-numbers.ts'

interface Params {
  readonly post: PostNumbers
  /** The first entry and the last. */
  readonly from: Snowflake
  readonly to: Snowflake
  /** Whose actions an alert warns of, or the target's id; absent for the whole server. */
  readonly key?: Snowflake
}

/**
 * The button under a summary or an alert: lists the entries behind it. Once the feed or alert is removed, it lists
 * everything of that time.
 */
export const postListButton = component<Params>({
  name: 'list',
  mode: 'ephemeral',
  audience: 'moderators',
  encode: ({ post, from, to, key }) => [
    post.watch,
    post.number,
    from,
    to,
    ...(key === undefined ? [] : [key]),
  ],
  decode([watch, number, from, to, key]) {
    const post = parsePost(watch, number)
    if (!post || !isSnowflake(from) || !isSnowflake(to)) return undefined
    if (key === undefined) return { post, from, to }
    return isSnowflake(key) ? { post, from, to, key } : undefined
  },
  async handle({ post, from, to, key }, request) {
    const watch = await watchOf(post, request)
    const { path, filter } = watch ? listOf(watch, key) : { path: 'audit recent', filter: {} }
    const window = { from, to: idAfter(to) }
    return { path, draft: { filter: { ...filter, ...window }, order: 'newest', public: false } }
  },
})

/** What lists the entries behind a post. `/audit user` shows what bots did for the moderator, too. */
function listOf(
  { definition }: Watch,
  key: Snowflake | undefined,
): { readonly path: string; readonly filter: Filter } {
  const filter = watchFilter(definition)
  const per = definition.type === 'alert' && key !== undefined ? definition.per : 'server'
  switch (per) {
    case 'moderator':
      return { path: 'audit user', filter: { ...filter, executorId: key } }
    case 'target':
      return { path: 'audit recent', filter: { ...filter, targetId: key } }
    case 'server':
      return { path: 'audit recent', filter }
  }
}
