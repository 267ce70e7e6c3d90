import { component, entryId } from '../../src/command/component.ts'
import { requireEntry } from '../../src/command/lookup.ts'
import { diffReply } from '../../src/view/entry/diff.ts'
import { namedInEntry } from '../../src/view/named-ids.ts'

/** **Before and after** under an entry: shows each changed value before and after it. */
export const diffButton = component({
  name: 'sides',
  mode: 'ephemeral',
  ...entryId,
  async handle(id, request) {
    const entry = await requireEntry(request, id)
    const names = await request.archive.names(entry.guildId, namedInEntry(entry))
    return diffReply(entry, names, request.context.timeZone)
  },
})
