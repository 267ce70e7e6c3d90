import type { CommandContext } from '../../command/context.ts'
import { knownAfter, knownAt, knownTo } from '../../core/coverage/coverage.ts'
import { statusAfter } from '../../core/coverage/sync-status.ts'
import { UserError } from '../../core/errors.ts'
import { FIRST_PAGE } from '../../core/query/component-action.ts'
import type { QueryDraft, SavedQuery } from '../../core/query/saved-query.ts'
import { onTarget } from '../../core/query/target.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { Progress } from '../../sync/guild-log.ts'
import { isInteractionExpired } from '../rest/errors.ts'
import { type BotContext, subcommandAt } from './bot-context.ts'
import { hindranceOf, noticeOf, progressSentence, welcomeOf } from './notice.ts'
import type { Responder } from './responder.ts'

/** A question as it was typed, who asked it and where, and the path of the subcommand that answers it. */
export interface AnswerRequest {
  readonly path: string
  readonly draft: QueryDraft
  readonly guildId: Snowflake
  readonly askerId: Snowflake
  readonly place: CommandContext
}

/** Answers a question: reads what is new from Discord, then the answer from the archive. */
export async function answer(bot: BotContext, asked: AnswerRequest, responder: Responder): Promise<void> {
  const { archive } = bot
  const { path, draft, guildId, askerId, place: context } = asked
  const subcommand = subcommandAt(bot, path)
  const askedAt = context.now
  const { filter, asOf, ...told } = await prepare(bot, asked)
  const { on: _on, public: _public, readBackTo: _readBackTo, ...query } = draft
  const question: SavedQuery = {
    ...query,
    command: path,
    guildId,
    askerId,
    askedAt,
    filter,
    ...(asOf !== undefined && { asOf }),
    knownTo: knownTo(told.coverage),
    ...(!context.mayView && { letIn: true }),
  }
  const number = archive.saveQuery(question)
  const page = FIRST_PAGE
  await responder.show(await subcommand.answer({ query: question, number, page, archive, context, ...told }))
}

/** Reads Discord as far as the question needs, and settles what the question is about. */
async function prepare(bot: BotContext, { guildId, draft, place: context }: AnswerRequest) {
  const { archive, engine, log, retentionDays } = bot
  const { filter, on, readBackTo = filter.from ?? '0' } = draft
  const onProgress = (progress: Progress) => {
    context.report(progressSentence(progress)).catch((error: unknown) => {
      const level = isInteractionExpired(error) ? 'debug' : 'warn'
      log[level]({ err: error }, 'A progress report could not be sent.')
    })
  }
  const reading = readBackTo === 'nothing' ? 'read' : await engine.refresh(guildId, readBackTo, onProgress)
  const [asOf, read, wasAsked] = await Promise.all([
    archive.newestId(guildId),
    archive.coverage(guildId),
    archive.hasQueries(guildId),
  ])
  const status = statusAfter(reading, engine.status(guildId))
  const hindrance = asOf === undefined && read.ranges.length === 0 ? hindranceOf(reading, status) : undefined
  if (hindrance !== undefined) throw new UserError(hindrance)
  const welcome = wasAsked
    ? undefined
    : welcomeOf(read, { guildId, now: context.now, reading, retentionDays })
  return {
    asOf,
    coverage: knownAfter(reading, knownAt(guildId, read, status, context.now)),
    syncStatus: status,
    notice: [welcome, noticeOf(reading, status, read.readAt)].filter(Boolean).join('\n') || undefined,
    filter: on === undefined ? filter : { ...filter, ...(await onTarget(on, guildId, archive)) },
  }
}
