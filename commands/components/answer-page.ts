import type { Answer } from '../../src/command/command.ts'
import type { ComponentRequest } from '../../src/command/component.ts'
import { resolveCommand } from '../../src/command/resolve-command.ts'
import { coverageAsOf, coverageAt } from '../../src/core/coverage/known-coverage.ts'
import type { Page } from '../../src/core/query/page.ts'
import type { SavedQuery } from '../../src/core/query/saved-query.ts'
import { firstIdAt } from '../../src/core/snowflake.ts'

/** A page of a saved query, and the number under which the archive stores it. */
interface QueryPage {
  readonly query: SavedQuery
  readonly number: number
  readonly page: Page
}

/** Answers a page of a list as it was when the command was run. */
export async function answerPage(
  { query, number, page }: QueryPage,
  request: ComponentRequest,
): Promise<Answer> {
  const { subcommand } = resolveCommand(request.commands, query.command)
  const { guildId, archive, context } = request
  const syncStatus = request.syncStatus()
  const { askedAt, knownTo = firstIdAt(askedAt), countsAsOf } = query
  const known = coverageAt(guildId, await archive.coverage(guildId), syncStatus, context.now)
  const coverage = coverageAsOf(known, knownTo, askedAt, countsAsOf)
  return subcommand.answer({
    query,
    number,
    page,
    archive,
    coverage,
    syncStatus,
    notice: undefined,
    context,
  })
}
