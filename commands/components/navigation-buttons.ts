import { component, entryId } from '../../src/command/component.ts'
import { requireEntry } from '../../src/command/lookup.ts'
import type { ArchiveReader } from '../../src/core/archive.ts'
import type { Entry } from '../../src/core/audit-log/entry.ts'
import { targetClass } from '../../src/core/names/entity-class.ts'
import { PAGE_LENGTH } from '../../src/core/query/page.ts'
import type { QueryDraft } from '../../src/core/query/saved-query.ts'
import { idAfter } from '../../src/core/snowflake.ts'

/** **Nearby entries**: the list begins half a page after the entry, so that the entry, which is marked, is in its middle. */
export const nearbyButton = navigationButton('around', async ({ id, guildId }, archive) => {
  const slice = { order: 'oldest', past: id, limit: PAGE_LENGTH / 2 } as const
  const last = (await archive.list(guildId, {}, slice)).at(-1)
  return { filter: { to: idAfter(last?.id ?? id) }, aroundId: id }
})

/** **More by this moderator**. */
export const sameExecutorButton = navigationButton('actor', async ({ executorId }) => ({
  filter: executorId === null ? {} : { executorId },
}))

/** **More on this target**. */
export const sameTargetButton = navigationButton('target', async ({ guildId, kind, targetId }, archive) => {
  if (targetId === null) return { filter: {} }
  const type = targetClass(kind)
  const names = await archive.names(guildId, [targetId])
  const targetType = type === 'user' ? names.authorClass(targetId) : type
  return { filter: { targetId, ...(targetType && { targetType }) } }
})

/** A button under an entry that lists other entries. */
function navigationButton(
  name: string,
  listFor: (entry: Entry, archive: ArchiveReader) => Promise<Pick<QueryDraft, 'filter' | 'aroundId'>>,
) {
  return component({
    name,
    mode: 'ephemeral',
    ...entryId,
    async handle(id, request) {
      const list = await listFor(await requireEntry(request, id), request.archive)
      return { path: 'audit recent', draft: { ...list, order: 'newest', public: false } }
    },
  })
}
