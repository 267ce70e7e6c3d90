import type { APIEmbedField } from 'discord-api-types/v10'
import type { Ranking } from '../core/archive.ts'
import { gapsWithin, hasHoles, type KnownCoverage } from '../core/coverage.ts'
import type { Question } from '../core/question.ts'
import type { ActionTally } from '../core/tally.ts'
import { counted, written } from '../core/words.ts'

/** How many lines of a count are shown; the rest is added up in one. */
export const COUNT_LINES = 8

/** A field with one number in it. */
export function numberField(
  name: string,
  number: number,
  ...remarks: readonly (string | undefined)[]
): APIEmbedField {
  const lines = [written(number), ...remarks].filter((line) => line !== undefined)
  return { name, value: lines.join('\n'), inline: true }
}

/** What has to be said beside a number of a window whose end is not known, and beside a zero of one that has holes. */
export function asFarAsKnown(
  number: number,
  { filter: { from, to } }: Question,
  coverage: KnownCoverage,
): string | undefined {
  const lacksEnd = gapsWithin(coverage, from, to).nothingSince !== null
  const isDoubtful = lacksEnd || (number === 0 && hasHoles(coverage, from, to))
  return isDoubtful ? '*as far as is known*' : undefined
}

/** A field that splits a count by the names of actions. */
export function actionField(name: string, tallies: readonly ActionTally[]): APIEmbedField {
  const shown = tallies.slice(0, COUNT_LINES)
  const lines = shown.map(({ key, counts, entries, units }) => {
    const stoodFor = units === entries ? '' : ` (${counted(units, counts ?? 'act')})`
    return `${key} **${written(entries)}**${stoodFor}`
  })
  return { name, value: withRest(lines, tallies.length), inline: true }
}

/** A field that splits a count by moderator, channel or member. */
export function rankingField(
  name: string,
  { top, size }: Ranking,
  mention: (id: string) => string,
  { of = 'units', remark }: { of?: 'entries' | 'units'; remark?: string | undefined } = {},
): APIEmbedField {
  const lines = top.map(
    (tally) => `${tally.key === null ? 'unknown' : mention(tally.key)} **${written(tally[of])}**`,
  )
  const value = withRest(lines, size)
  return { name, value: remark === undefined ? value : `${value}\n${remark}`, inline: true }
}

function withRest(lines: readonly string[], size: number): string {
  if (lines.length === 0) return 'none'
  const rest = size - lines.length
  return [...lines, ...(rest > 0 ? [`and ${counted(rest, 'other')}`] : [])].join('\n')
}
