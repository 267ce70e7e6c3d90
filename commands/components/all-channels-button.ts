import { component, queryNumber } from '../../src/command/component.ts'
import { requireQuery } from '../../src/command/lookup.ts'

/** **All channels** under `/audit deletes` of one channel: runs the query again for the whole server. */
export const allChannelsButton = component({
  name: 'everywhere',
  mode: 'update',
  ...queryNumber,
  async handle(number, request) {
    const { command, filter, order } = await requireQuery(request, number)
    const { channelId: _channelId, ...everywhere } = filter
    return { path: command, draft: { filter: everywhere, order, public: false } }
  },
})
