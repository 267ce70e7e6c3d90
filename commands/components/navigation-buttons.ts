import { component, entryId } from '../../src/command/component.ts'
import { requireEntry } from '../../src/command/lookup.ts'
import type { ArchiveReader } from '../../src/core/archive.ts'
import type { Entry } from '../../src/core/audit-log/entry.ts'
import { targetClass } from '../../src/core/names/entity-class.ts'
import type { Filter } from '../../src/core/query/filter.ts'
import { PAGE_LENGTH } from '../../src/core/query/page.ts'
import { idAfter } from '../../src/core/snowflake.ts'

/** **Nearby entries**: the list begins half a page after the entry, so that the entry is in its middle. */
export const nearbyButton = navigationButton('around', async ({ id, guildId }, archive) => {
  const slice = { order: 'oldest', past: id, limit: PAGE_LENGTH / 2 } as const
  const last = (await archive.list(guildId, {}, slice)).at(-1)
  return { to: idAfter(last?.id ?? id) }
})

/** **More by this moderator**. */
export const sameExecutorButton = navigationButton('actor', async ({ executorId }) =>
  executorId === null ? {} : { executorId },
)

/** **More on this target**. */
export const sameTargetButton = navigationButton('target', async ({ guildId, kind, targetId }, archive) => {
  if (targetId === null) return {}
  const type = targetClass(kind)
  const names = await archive.names(guildId, [targetId])
  const targetType = type === 'user' ? names.authorClass(targetId) : type
  return { targetId, ...(targetType && { targetType }) }
})

/** A button under an entry that lists the entries of a filter. */
function navigationButton(
  name: string,
  filterFor: (entry: Entry, archive: ArchiveReader) => Promise<Filter>,
) {
  return component({
    name,
    mode: 'ephemeral',
    ...entryId,
    async handle(id, request) {
      const filter = await filterFor(await requireEntry(request, id), request.archive)
      return { path: 'audit recent', draft: { filter, order: 'newest', public: false } }
    },
  })
}
