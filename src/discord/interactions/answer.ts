import type { CommandRequest } from '../../command/command.ts'
import type { CommandContext } from '../../command/context.ts'
import type { ResolvedCommand } from '../../command/resolve-command.ts'
import { coverageAfterSync, coverageAt, coveredTo } from '../../core/coverage/known-coverage.ts'
import { UserError } from '../../core/errors.ts'
import { FIRST_PAGE } from '../../core/query/page.ts'
import type { QueryDraft, SavedQuery } from '../../core/query/saved-query.ts'
import { targetFilter } from '../../core/query/target.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { withExempt } from '../../core/watch/alerts/parse-exempt.ts'
import type { Progress } from '../../sync/guild/log-pages.ts'
import type { BotContext } from './bot-context.ts'
import { failureSentence, progressSentence, syncNotice, welcomeNotice } from './notice.ts'
import type { Responder } from './responder.ts'

/** A query to run, the command that answers it, who runs it, and in which guild. */
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
  const { newestId, ...synced } = await syncFor(bot, request)
  const { on, exempt, public: _public, syncBackTo: _syncBackTo, ...rest } = draft
  const newWatch = await withExempt(draft.newWatch, exempt, guildId, archive)
  const query: SavedQuery = {
    ...rest,
    ...(newWatch && { newWatch }),
    command: command.path,
    guildId,
    askerId,
    askedAt: context.now,
    timeZone: context.timeZone,
    filter:
      on === undefined ? draft.filter : { ...draft.filter, ...(await targetFilter(on, guildId, archive)) },
    ...(newestId !== undefined && { asOf: newestId }),
    knownTo: coveredTo(synced.coverage),
    ...(synced.coverage.countsAsOf !== undefined && { countsAsOf: synced.coverage.countsAsOf }),
    ...(!context.hasPermission('ViewAuditLog') && { letIn: true }),
  }
  const number = archive.saveQuery(query)
  const answer = { query, number, page: FIRST_PAGE, archive, context, ...synced }
  await responder.show(await command.subcommand.answer(answer))
}

/** What is known of a guild's log after syncing it for a query. */
interface Synchronized extends Pick<CommandRequest, 'coverage' | 'syncStatus' | 'notice'> {
  /** The newest entry stored; undefined if there is none. */
  readonly newestId: Snowflake | undefined
}

/**
 * Syncs a guild's log as far back as a query needs.
 * @throws UserError when the sync failed and nothing of the log was ever read
 */
async function syncFor(bot: BotContext, { guildId, draft, context }: QueryRequest): Promise<Synchronized> {
  const { archive, clock, engine, log, retentionDays } = bot
  const { filter, syncBackTo = filter.from ?? '0' } = draft
  const { now, timeZone } = context
  const onProgress = (progress: Progress) => context.report(progressSentence(progress, context.timeZone))
  const start = clock.elapsed()
  const { outcome, coverage, status, countsAsOf } = await (syncBackTo === 'none'
    ? engine.stored(guildId)
    : engine.refresh(guildId, { ...filter, from: syncBackTo }, onProgress))
  log.debug({ sync: outcome, ms: Math.round(clock.elapsed() - start) }, 'Synced for an answer.')
  const [newestId, wasAsked] = await Promise.all([archive.newestId(guildId), archive.wasAsked(guildId)])
  const failure =
    newestId === undefined && coverage.ranges.length === 0 ? failureSentence(outcome, status) : undefined
  if (failure !== undefined) throw new UserError(failure)
  const notices = [
    ...(wasAsked ? [] : [welcomeNotice(coverage, { guildId, now, outcome, retentionDays, timeZone })]),
    syncNotice(outcome, status, coverage.readAt),
  ].filter((notice) => notice !== undefined)
  return {
    newestId,
    coverage: coverageAfterSync(outcome, coverageAt(guildId, coverage, status, now), countsAsOf),
    syncStatus: status,
    notice: notices.length > 0 ? notices.join('\n') : undefined,
  }
}
