import { component, queryNumber, requireChoice } from '../../src/command/component.ts'
import { requireQuery } from '../../src/command/lookup.ts'
import { parseTarget } from '../../src/core/query/target.ts'

/** The menu under `/audit repeats`: shows what was done to the chosen target in the same window. */
export const historyMenu = component({
  name: 'history',
  mode: 'ephemeral',
  ...queryNumber,
  async handle(number, request) {
    const { from, to } = (await requireQuery(request, number)).filter
    const filter = { from, to }
    const chosen = requireChoice(request)
    const on = parseTarget(chosen)
    // The target of an invite is its code, which is not a snowflake.
    const target = 'id' in on ? { filter, on } : { filter: { ...filter, targetId: chosen } }
    return { path: 'audit target', draft: { ...target, order: 'newest', public: false } }
  },
})
