import type { CommandRequest } from '../../command/command.ts'
import type { CommandContext } from '../../command/context.ts'
import type { ResolvedCommand } from '../../command/resolve-command.ts'
import { coverageAfterSync, coverageAt, coveredTo } from '../../core/coverage/known-coverage.ts'
import { statusAfter } from '../../core/coverage/sync-status.ts'
import { UserError } from '../../core/errors.ts'
import { FIRST_PAGE } from '../../core/query/page.ts'
import type { QueryDraft, SavedQuery } from '../../core/query/saved-query.ts'
import { targetFilter } from '../../core/query/target.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { Progress } from '../../sync/guild/guild-log.ts'
import { isInteractionExpired } from '../rest/errors.ts'
import type { BotContext } from './bot-context.ts'
import { failureSentence, progressSentence, syncNotice, welcomeNotice } from './notice.ts'
import type { Responder } from './responder.ts'

/** A query to run, the command that answers it, and who runs it where. */
interface QueryRequest {
  readonly command: ResolvedCommand
  readonly draft: QueryDraft
  readonly guildId: Snowflake
  readonly askerId: Snowflake
  readonly context: CommandContext
}

/** Runs a query: syncs with Discord's log, saves the query for the components of its answer, and shows the first page. */
export async function answerQuery(
  bot: BotContext,
  request: QueryRequest,
  responder: Responder,
): Promise<void> {
  const { archive } = bot
  const { command, draft, guildId, askerId, context } = request
  const synced = await syncFor(bot, request)
  const { on, public: _public, syncBackTo: _syncBackTo, ...rest } = draft
  const query: SavedQuery = {
    ...rest,
    command: command.path,
    guildId,
    askerId,
    askedAt: context.now,
    filter:
      on === undefined ? draft.filter : { ...draft.filter, ...(await targetFilter(on, guildId, archive)) },
    ...(synced.newestId !== undefined && { asOf: synced.newestId }),
    knownTo: coveredTo(synced.coverage),
    ...(!context.hasPermission('ViewAuditLog') && { letIn: true }),
  }
  const number = archive.saveQuery(query)
  const { coverage, syncStatus, notice } = synced
  const page = FIRST_PAGE
  await responder.show(
    await command.subcommand.answer({ query, number, page, archive, coverage, syncStatus, notice, context }),
  )
}

/** What is known of a guild's log after syncing it for a query. */
interface Synced extends Pick<CommandRequest, 'coverage' | 'syncStatus' | 'notice'> {
  /** The newest entry stored; undefined where there is none. */
  readonly newestId: Snowflake | undefined
}

/**
 * Syncs a guild's log as far back as a query needs.
 * @throws UserError where the sync failed and nothing of the log was ever read
 */
async function syncFor(bot: BotContext, { guildId, draft, context }: QueryRequest): Promise<Synced> {
  const { archive, engine, log, retentionDays } = bot
  const { filter, syncBackTo = filter.from ?? '0' } = draft
  const { now } = context
  const onProgress = (progress: Progress) => {
    context.report(progressSentence(progress)).catch((error: unknown) => {
      const level = isInteractionExpired(error) ? 'debug' : 'warn'
      log[level]({ err: error }, 'Sending a progress report failed.')
    })
  }
  const outcome = syncBackTo === 'none' ? 'read' : await engine.refresh(guildId, syncBackTo, onProgress)
  const [newestId, stored, hasQueries] = await Promise.all([
    archive.newestId(guildId),
    archive.coverage(guildId),
    archive.hasQueries(guildId),
  ])
  const syncStatus = statusAfter(outcome, engine.status(guildId))
  const failure =
    newestId === undefined && stored.ranges.length === 0 ? failureSentence(outcome, syncStatus) : undefined
  if (failure !== undefined) throw new UserError(failure)
  const notices = [
    ...(hasQueries ? [] : [welcomeNotice(stored, { guildId, now, outcome, retentionDays })]),
    syncNotice(outcome, syncStatus, stored.readAt),
  ].filter((notice) => notice !== undefined)
  return {
    newestId,
    coverage: coverageAfterSync(outcome, coverageAt(guildId, stored, syncStatus, now)),
    syncStatus,
    notice: notices.length > 0 ? notices.join('\n') : undefined,
  }
}
