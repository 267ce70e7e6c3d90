import type { EntryRequest, EntryView, NavigationKind } from '../../src/command/command.ts'
import { targetClass } from '../../src/core/names/entity-class.ts'
import { PAGE_LENGTH } from '../../src/core/query/component-action.ts'
import type { Filter } from '../../src/core/query/filter.ts'
import { readTarget } from '../../src/core/query/target.ts'
import { idAfter } from '../../src/core/snowflake.ts'
import { diffReply } from '../../src/view/entry/diff.ts'
import { entryReply } from '../../src/view/entry/entry-embed.ts'
import { namedInEntry } from '../../src/view/named-ids.ts'

/** What can be done with an entry, wherever it is shown. */
export const entryView: EntryView = {
  async show(showing) {
    return entryReply(showing.entry, await namesFor(showing), showing.askerId, showing.notice)
  },
  async showDiff(showing) {
    return diffReply(showing.entry, await namesFor(showing))
  },
  async navigate(showing, to) {
    const filter = await FILTERS[to](showing)
    return { path: 'audit recent', draft: { filter, order: 'newest', public: false } }
  },
  onBehalfOf({ filter: { executorId, ...filter } }) {
    const credited = { ...filter, ...(executorId !== undefined && { onBehalfOfId: executorId }) }
    return { path: 'audit recent', draft: { filter: credited, order: 'newest', public: false } }
  },
  history({ filter: { from, to } }, written) {
    const filter = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
    const on = readTarget(written)
    // Not every target of an entry has an id of Discord's.
    const asked = 'id' in on ? { filter, on } : { filter: { ...filter, targetId: written } }
    return { path: 'audit target', draft: { ...asked, order: 'newest', public: false } }
  },
}

function namesFor({ entry, archive }: EntryRequest) {
  return archive.names(entry.guildId, namedInEntry(entry))
}

const FILTERS: Readonly<Record<NavigationKind, (showing: EntryRequest) => Promise<Filter>>> = {
  /** The list begins half a page after the entry, and goes on before it. */
  async around({ entry, archive }) {
    const slice = { order: 'oldest', past: entry.id, limit: PAGE_LENGTH / 2 } as const
    const last = (await archive.list(entry.guildId, {}, slice)).at(-1)
    return { to: idAfter(last?.id ?? entry.id) }
  },
  actor: async ({ entry: { executorId } }) => (executorId === null ? {} : { executorId }),
  async target({ entry: { guildId, kind, targetId }, archive }) {
    if (targetId === null) return {}
    const type = targetClass(kind)
    const names = await archive.names(guildId, [targetId])
    const targetType = type === 'user' ? names.author(targetId) : type
    return { targetId, ...(targetType && { targetType }) }
  },
}
