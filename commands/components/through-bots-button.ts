import { component, readInteger } from '../../src/command/component.ts'
import { requireQuery } from '../../src/command/lookup.ts'

/** **Through bots** under `/audit user`: shows what bots did on behalf of the moderator. */
export const throughBotsButton = component<number>({
  name: 'through',
  mode: 'ephemeral',
  encode: (number) => [number],
  decode: ([number]) => readInteger(number),
  async handle(number, request) {
    const { executorId, ...rest } = (await requireQuery(request, number)).filter
    const filter = { ...rest, ...(executorId !== undefined && { onBehalfOfId: executorId }) }
    return { path: 'audit recent', draft: { filter, order: 'newest', public: false } }
  },
})
