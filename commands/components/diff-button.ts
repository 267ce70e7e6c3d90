import { component } from '../../src/command/component.ts'
import { requireEntry } from '../../src/command/lookup.ts'
import { isSnowflake, type Snowflake } from '../../src/core/snowflake.ts'
import { diffReply } from '../../src/view/diff.ts'
import { namedInEntry } from '../../src/view/names.ts'

/** **Before and after** under an entry: shows what its target was before and after it. */
export const diffButton = component<Snowflake>({
  name: 'sides',
  mode: 'ephemeral',
  encode: (entryId) => [entryId],
  decode: ([entryId]) => (isSnowflake(entryId) ? entryId : undefined),
  async handle(entryId, request) {
    const entry = await requireEntry(request, entryId)
    return diffReply(entry, await request.archive.names(entry.guildId, namedInEntry(entry)))
  },
})
