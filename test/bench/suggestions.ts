import { suggestionsFor } from '../../src/command/autocomplete/suggestions.ts'
import type { Suggests } from '../../src/command/option.ts'
import type { Archive } from '../../src/core/archive.ts'
import { BIG_GUILD, END } from './data.ts'
import type { Bare } from './load/bare.ts'
import type { Scenario } from './measure.ts'

const BUDGET = 100
/** Discord sends one request for each letter that is typed. */
const NAMES_BUDGET = 8

const EVERY_KIND = 'SELECT sum(entries) FROM daily WHERE guild_id = ?'
const EVERY_NAME = `SELECT count(*) FROM name WHERE guild_id = ? AND folded = '-'`
const NEWEST = 'SELECT max(id) > 0 FROM entry WHERE guild_id = ?'

/** The suggestions of each option with autocomplete, for texts as they are typed letter by letter. */
const TYPED: readonly (readonly [option: string, Suggests, floor: string, typed: readonly string[]])[] = [
  ['action', 'actions', EVERY_KIND, ['', 'b', 'ban', 'del', 'updated', 'zebra']],
  ['on, of 100,000 names', 'names', EVERY_NAME, ['', 'a', 'mi', 'mino', 'zebra', 'Ü', '6000000000000']],
  ['id', 'entries', NEWEST, ['', 'kick', 'rule 3', '15', 'zebra']],
  ['since', 'since', NEWEST, ['', '3', '3d', '2 weeks', '1 May', '29 Feb', 'zebra', '2026-08-01 14:00']],
]

/** Suggestions while a value is typed, from an archive of a million entries of the guild. */
export function suggestionScenarios(archive: Archive, bare: Bare): Scenario[] {
  const context = { now: END, guildId: BIG_GUILD, timeZone: 'UTC', joinedAt: END }
  return TYPED.map(([option, suggests, floor, typed]) => ({
    what: `suggestions for ${option}`,
    budget: suggests === 'names' ? NAMES_BUDGET : BUDGET,
    run: (nth) => suggestionsFor(suggests, typed[nth % typed.length] ?? '', context, archive),
    floor: bare.statement(floor),
    times: 7 * typed.length,
  }))
}
