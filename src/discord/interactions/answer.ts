import type { Place } from '../../command/context.ts'
import { knownAfter, knownAt, knownTo } from '../../core/coverage/coverage.ts'
import { standingAfter } from '../../core/coverage/sync-status.ts'
import { UserError } from '../../core/errors.ts'
import { FIRST_PAGE } from '../../core/query/component-action.ts'
import type { Draft, Question } from '../../core/query/saved-query.ts'
import { onTarget } from '../../core/query/target.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { Progress } from '../../sync/guild-log.ts'
import { isInteractionOver } from '../rest/errors.ts'
import { type Desk, subcommandAt } from './bot-context.ts'
import { hindranceOf, noticeOf, progressSentence, welcomeOf } from './notice.ts'
import type { Responder } from './responder.ts'

/** A question as it was typed, who asked it and where, and the path of the subcommand that answers it. */
export interface Asked {
  readonly path: string
  readonly draft: Draft
  readonly guildId: Snowflake
  readonly askerId: Snowflake
  readonly place: Place
}

/** Answers a question: reads what is new from Discord, then the answer from the archive. */
export async function answer(desk: Desk, asked: Asked, responder: Responder): Promise<void> {
  const { archive } = desk
  const { path, draft, guildId, askerId, place } = asked
  const subcommand = subcommandAt(desk, path)
  const askedAt = place.now
  const { filter, asOf, ...told } = await prepare(desk, asked)
  const { on: _on, public: _public, readBackTo: _readBackTo, ...query } = draft
  const question: Question = {
    ...query,
    command: path,
    guildId,
    askerId,
    askedAt,
    filter,
    ...(asOf !== undefined && { asOf }),
    knownTo: knownTo(told.coverage),
    ...(!place.mayView && { letIn: true }),
  }
  const number = archive.keepQuestion(question)
  const turn = FIRST_PAGE
  await responder.show(await subcommand.answer({ question, number, turn, archive, place, ...told }))
}

/** Reads Discord as far as the question needs, and settles what the question is about. */
async function prepare(desk: Desk, { guildId, draft, place }: Asked) {
  const { archive, catchUp, log, retentionDays } = desk
  const { filter, on, readBackTo = filter.from ?? '0' } = draft
  const onProgress = (progress: Progress) => {
    place.report(progressSentence(progress)).catch((error: unknown) => {
      const level = isInteractionOver(error) ? 'debug' : 'warn'
      log[level]({ err: error }, 'A progress report could not be sent.')
    })
  }
  const reading = readBackTo === 'nothing' ? 'read' : await catchUp.upTo(guildId, readBackTo, onProgress)
  const [asOf, read, wasAsked] = await Promise.all([
    archive.newestId(guildId),
    archive.coverage(guildId),
    archive.wasAsked(guildId),
  ])
  const standing = standingAfter(reading, catchUp.standing(guildId))
  const hindrance =
    asOf === undefined && read.ranges.length === 0 ? hindranceOf(reading, standing) : undefined
  if (hindrance !== undefined) throw new UserError(hindrance)
  const welcome = wasAsked ? undefined : welcomeOf(read, { guildId, now: place.now, reading, retentionDays })
  return {
    asOf,
    coverage: knownAfter(reading, knownAt(guildId, read, standing, place.now)),
    standing,
    notice: [welcome, noticeOf(reading, standing, read.readAt)].filter(Boolean).join('\n') || undefined,
    filter: on === undefined ? filter : { ...filter, ...(await onTarget(on, guildId, archive)) },
  }
}
