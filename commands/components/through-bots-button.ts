import { component, queryNumber } from '../../src/command/component.ts'
import { requireQuery } from '../../src/command/lookup.ts'
import { throughBots } from '../../src/core/query/filter.ts'

/** **Through bots** under `/audit user`: shows what bots did on behalf of the moderator. */
export const throughBotsButton = component({
  name: 'through',
  mode: 'ephemeral',
  ...queryNumber,
  async handle(number, request) {
    const filter = throughBots((await requireQuery(request, number)).filter)
    return { path: 'audit recent', draft: { filter, order: 'newest', public: false } }
  },
})
