import { component, queryNumber, requireChoice } from '../../src/command/component.ts'
import { requireQuery } from '../../src/command/lookup.ts'
import { parseTarget } from '../../src/core/query/target.ts'

/** The menu under `/audit repeats`: shows those actions on the chosen target. */
export const historyMenu = component({
  name: 'history',
  mode: 'ephemeral',
  ...queryNumber,
  async handle(number, request) {
    const { filter } = await requireQuery(request, number)
    const chosen = requireChoice(request)
    const on = parseTarget(chosen)
    // The target of an invite is its code, which is not a snowflake.
    const target = 'id' in on ? { filter, on } : { filter: { ...filter, targetId: chosen } }
    return { path: 'audit target', draft: { ...target, order: 'newest', public: false } }
  },
})
