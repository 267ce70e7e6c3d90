import { backfillFigures } from '../backfill/backfill.ts'
import type { BenchDatabase } from '../databases/database.ts'
import { type FilledGuild, STANDARD } from '../databases/dataset.ts'
import { type Measurable, measure, slowest } from '../measure.ts'
import type { Figure } from '../table.ts'
import { countScenarios, searchScenarios } from './answers.ts'
import { combinedScenarios, listScenarios } from './lists.ts'
import { openingScenario } from './opening.ts'
import type { Subject } from './subject.ts'
import { suggestionScenarios } from './suggestions.ts'
import { writingFigures } from './writing.ts'

/** A part of the benchmark. */
interface Part {
  readonly name: string
  readonly figures: (database: BenchDatabase) => Promise<Figure[]>
}

/** The scenarios of some questions about a guild. */
type Questions = (subject: Subject) => Measurable[] | Promise<Measurable[]>

export const PARTS: readonly Part[] = [
  { name: 'opening', figures: (database) => measure(database.type, [openingScenario(database)]) },
  { name: 'lists', figures: asked(listScenarios) },
  { name: 'combinations', figures: async (database) => [slowest(await asked(combinedScenarios)(database))] },
  { name: 'counts', figures: asked(countScenarios) },
  { name: 'suggestions', figures: asked(suggestionScenarios) },
  { name: 'searches', figures: asked(searchScenarios) },
  { name: 'writing', figures: (database) => database.withCopy(writingFigures) },
  { name: 'backfill', figures: (database) => database.withCopy(backfillFigures) },
]

function asked(questions: Questions): Part['figures'] {
  return (database) =>
    withSubject(database, STANDARD.guilds[0], async (subject) =>
      measure(database.type, await questions(subject)),
    )
}

/** Runs something with a guild of an open archive. */
export async function withSubject<Result>(
  database: BenchDatabase,
  guild: FilledGuild | undefined,
  use: (subject: Subject) => Promise<Result>,
): Promise<Result> {
  if (guild === undefined) throw new Error('There is no guild to ask about.')
  const { type } = database
  const archive = await database.open()
  const driver = await database.connect()
  try {
    return await use({ type, archive, driver, ...guild })
  } finally {
    await driver.close()
    await archive.close()
  }
}
