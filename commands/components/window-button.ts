import { component, parseInteger } from '../../src/command/component.ts'
import { requireQuery } from '../../src/command/lookup.ts'
import { draftOf } from '../../src/core/query/saved-query.ts'
import { firstIdAt } from '../../src/core/snowflake.ts'
import { DAY } from '../../src/core/time/units.ts'

const MAX_DAYS = 3650

/**
 * The buttons **7 days** and so on under `/audit activity`, whose lengths are in its view: run the query again for a
 * window of that length.
 */
export const windowButton = component<{ readonly number: number; readonly days: number }>({
  name: 'window',
  mode: 'update',
  encode: ({ number, days }) => [number, days],
  decode([numberPart, daysPart]) {
    const [number, days = 0] = [parseInteger(numberPart), parseInteger(daysPart)]
    return number === undefined || days <= 0 || days > MAX_DAYS ? undefined : { number, days }
  },
  async handle({ number, days }, request) {
    const query = await requireQuery(request, number)
    const { filter, ...draft } = draftOf(query)
    const window = { from: firstIdAt(request.context.now - days * DAY), to: undefined }
    return { path: query.command, draft: { ...draft, filter: { ...filter, ...window } } }
  },
})
