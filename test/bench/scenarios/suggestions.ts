import { suggestionsFor } from '../../../src/command/autocomplete/suggestions.ts'
import type { Suggests } from '../../../src/command/option.ts'
import { END } from '../data.ts'
import { type Measurable, measurable } from '../measure.ts'
import { type Subject, statement } from './subject.ts'

const BUDGET = 100
/** Discord sends one request for each letter that is typed. */
const NAMES_BUDGET = 8

const EVERY_KIND = 'SELECT sum(entries) FROM daily WHERE guild_id = $1'
const EVERY_NAME = `SELECT count(*) FROM name WHERE guild_id = $1 AND folded = '-'`
const NEWEST = 'SELECT max(id) > 0 FROM entry WHERE guild_id = $1'

/** The suggestions of each option with autocomplete, for texts as they are typed letter by letter. */
const TYPED: readonly (readonly [option: string, Suggests, floor: string, typed: readonly string[]])[] = [
  ['action', 'actions', EVERY_KIND, ['', 'b', 'ban', 'del', 'updated', 'zebra']],
  ['`on` of 100,000 names', 'names', EVERY_NAME, ['', 'a', 'mi', 'mino', 'zebra', 'Ü', '6000000000000']],
  ['id', 'entries', NEWEST, ['', 'kick', 'rule 3', '15', 'zebra']],
  ['since', 'since', NEWEST, ['', '3', '3d', '2 weeks', '1 May', '29 Feb', 'zebra', '2026-08-01 14:00']],
]

/** Suggestions while a value is typed. */
export function suggestionScenarios(subject: Subject): Measurable[] {
  const { archive, guildId } = subject
  const context = { now: END, guildId, timeZone: 'UTC', joinedAt: END }
  return TYPED.map(([option, suggests, floor, typed]) =>
    measurable({
      what: `suggestions for ${option}`,
      budget: suggests === 'names' ? NAMES_BUDGET : BUDGET,
      run: (nth) => suggestionsFor(suggests, typed[nth % typed.length] ?? '', context, archive),
      floor: statement(subject, floor),
      times: 7 * typed.length,
    }),
  )
}
