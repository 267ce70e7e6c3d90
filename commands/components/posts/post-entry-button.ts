import { component, requireChoice } from '../../../src/command/component.ts'
import { requireEntry } from '../../../src/command/lookup.ts'
import { isSnowflake, type Snowflake } from '../../../src/core/snowflake.ts'
import { showEntry } from '../../audit/entry.ts'
import { type PostNumbers, parsePost } from './post-numbers.ts'

interface Params {
  readonly post: PostNumbers
  /** Absent in a menu, where it is chosen. */
  readonly entryId?: Snowflake
}

/** **Details** under a post of one entry, and the menu under one of several: shows the entry in a new message. */
export const postEntryButton = component<Params>({
  name: 'posted',
  mode: 'ephemeral',
  audience: 'moderators',
  encode: ({ post, entryId }) => [post.watch, post.number, ...(entryId === undefined ? [] : [entryId])],
  decode([watch, number, entryId]) {
    const post = parsePost(watch, number)
    if (!post || entryId === undefined) return post && { post }
    return isSnowflake(entryId) ? { post, entryId } : undefined
  },
  async handle({ entryId }, request) {
    const { askerId, archive, context } = request
    const entry = await requireEntry(request, entryId ?? requireChoice(request))
    return showEntry({ entry, askerId, archive, timeZone: context.timeZone })
  },
})
