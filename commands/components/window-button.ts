import { component, parseInteger } from '../../src/command/component.ts'
import { requireQuery } from '../../src/command/lookup.ts'
import type { QueryDraft, SavedQuery } from '../../src/core/query/saved-query.ts'
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
    return { path: query.command, draft: withinDays(query, days, request.context.now) }
  },
})

/** The same query for the last days before a moment, in milliseconds since the Unix epoch. */
function withinDays(query: SavedQuery, days: number, now: number): QueryDraft {
  const {
    command: _command,
    guildId: _guildId,
    askerId: _askerId,
    askedAt: _askedAt,
    timeZone: _timeZone,
    asOf: _asOf,
    knownTo: _knownTo,
    countsAsOf: _countsAsOf,
    letIn: _letIn,
    filter: { from: _from, to: _to, ...filter },
    ...draft
  } = query
  return { ...draft, filter: { ...filter, from: firstIdAt(now - days * DAY) }, public: false }
}
