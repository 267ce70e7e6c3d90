import { FIRST_PAGE } from '../core/press.ts'
import type { Draft, Question } from '../core/question.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { targetId } from '../core/target.ts'
import { UserError } from '../core/user-error.ts'
import { type Desk, subcommandAt } from './desk.ts'
import { hindranceOf, noticeOf, progressSentence } from './notice.ts'
import type { Responder } from './responder.ts'

/** A question as it was typed, who asked it, and the path of the subcommand that answers it. */
export interface Asked {
  readonly path: string
  readonly draft: Draft
  readonly guildId: Snowflake
  readonly askerId: Snowflake
}

/** Answers a question: reads what is new from Discord, then the answer from the archive. */
export async function answer(desk: Desk, asked: Asked, responder: Responder): Promise<void> {
  const { archive, clock } = desk
  const { path, draft, guildId, askerId } = asked
  const subcommand = subcommandAt(desk, path)
  const askedAt = clock.now()
  const { notice, filter, asOf } = await prepare(desk, guildId, draft, responder)
  const { order, limit } = draft
  const question: Question = {
    command: path,
    guildId,
    askerId,
    filter,
    order,
    ...(limit !== undefined && { limit }),
    ...(asOf !== undefined && { asOf }),
  }
  const number = await archive.keepQuestion(question, askedAt)
  await responder.show(await subcommand.answer({ question, number, turn: FIRST_PAGE, archive, notice }))
}

/** Reads Discord as far as the question needs, and settles what the question is about. */
async function prepare(desk: Desk, guildId: Snowflake, { filter, on }: Draft, responder: Responder) {
  const { archive, catchUp, log } = desk
  const reading = await catchUp.upTo(guildId, filter.from ?? '0', (progress) => {
    responder.report(progressSentence(progress)).catch((error: unknown) => {
      log.warn({ err: error }, 'A progress report could not be sent.')
    })
  })
  const [asOf, { ranges, readAt }] = await Promise.all([archive.newestId(guildId), archive.coverage(guildId)])
  const hindrance = asOf === undefined && ranges.length === 0 ? hindranceOf(reading) : undefined
  if (hindrance !== undefined) throw new UserError(hindrance)
  return {
    asOf,
    notice: noticeOf(reading, readAt),
    filter: on === undefined ? filter : { ...filter, targetId: await targetId(on, guildId, archive) },
  }
}
