import type { MemberClient } from '../../../sandbox/member-client/member-client.ts'
import type { Interaction } from '../../../sandbox/world/interaction.ts'
import { jsonObjects } from '../../../sandbox/world/json.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { footersOf, textOf } from '../../support/read.ts'
import { type Question, truth, untold } from './questions.ts'
import type { Server } from './servers.ts'

/** The colour of a reply that rejects a command. */
const REJECTED = 0xd83c3e

/** What became of a question. Times are by `performance.now()`. */
export interface Answer {
  readonly server: Server
  readonly question: Question
  readonly askedAt: number
  /** Undefined if there was none in time. */
  readonly answeredAt: number | undefined
  readonly interaction: Interaction
  /** The answer's text with its footers; empty if there was none. */
  readonly text: string
  /**
   * Whether its number was right. `live` is what the events told: counts that grow without an event are missing. `none`:
   * there is no number.
   */
  readonly number: 'right' | 'live' | 'wrong' | 'none'
}

/**
 * Asks a question, and resolves with its answer.
 * @param timeout how long to wait for the answer, in milliseconds
 */
export function ask(
  server: Server,
  question: Question,
  { moderator = server.moderators[0], timeout }: { moderator?: MemberClient | undefined; timeout: number },
): Promise<Answer> {
  if (!moderator) throw new Error('A server has moderators.')
  const atLeast = truth(question, server)
  const told = atLeast - untold(question, server)
  const askedAt = performance.now()
  const { interaction } = moderator.send(question.path, question.values(server))
  return new Promise((resolve) => {
    const end = (answer: Pick<Answer, 'answeredAt' | 'text' | 'number'>) => {
      clearTimeout(timer)
      stop()
      resolve({ server, question, askedAt, interaction, ...answer })
    }
    const timer = setTimeout(() => end({ answeredAt: undefined, text: '', number: 'none' }), timeout)
    const stop = interaction.watch(() => {
      const latest = interaction.outcomes.at(-1)
      if (latest?.type !== 'shown' && latest?.type !== 'edited') return
      const { message } = latest
      if (!isAnswer(message)) return
      const shown = question.shown(message)
      const isWithin = (least: number) => shown >= least && shown <= truth(question, server)
      end({
        answeredAt: performance.now(),
        text: [textOf(message), ...footersOf(message)].join('\n'),
        number: Number.isNaN(shown)
          ? 'none'
          : isWithin(atLeast)
            ? 'right'
            : isWithin(told)
              ? 'live'
              : 'wrong',
      })
    })
  })
}

/** How often a reply was edited to show progress, after its answer too. */
export function progressEdits({ answeredAt, interaction }: Answer): number {
  const edits = interaction.outcomes.filter(({ type }) => type === 'shown' || type === 'edited').length
  return answeredAt === undefined ? edits : edits - 1
}

/** Whether a message is an answer, or says why there is none; not progress. */
function isAnswer({ body }: Message): boolean {
  return jsonObjects(body.embeds).some(({ title, color }) => title !== undefined || color === REJECTED)
}
