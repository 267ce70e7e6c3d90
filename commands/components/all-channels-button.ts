import { component, queryNumber } from '../../src/command/component.ts'
import { requireQuery } from '../../src/command/lookup.ts'
import { draftOf } from '../../src/core/query/saved-query.ts'

/** **All channels** under `/audit deletes` of one channel: runs the query again for the whole server. */
export const allChannelsButton = component({
  name: 'everywhere',
  mode: 'update',
  ...queryNumber,
  async handle(number, request) {
    const query = await requireQuery(request, number)
    const {
      filter: { channelId: _, ...filter },
      ...draft
    } = draftOf(query)
    return { path: query.command, draft: { ...draft, filter } }
  },
})
