import { component, queryNumber } from '../../src/command/component.ts'
import { requireQuery } from '../../src/command/lookup.ts'
import { throughBotsFilter } from '../../src/core/query/filter.ts'

/** **Through bots** under `/audit user`: shows what bots did on behalf of the moderator. */
export const throughBotsButton = component({
  name: 'through',
  mode: 'ephemeral',
  ...queryNumber,
  async handle(number, request) {
    const { filter } = await requireQuery(request, number)
    return {
      path: 'audit recent',
      draft: { filter: throughBotsFilter(filter), order: 'newest', public: false },
    }
  },
})
