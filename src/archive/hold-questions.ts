import type { Archive } from '../core/archive.ts'
import type { Log } from '../core/log.ts'
import type { Question } from '../core/question.ts'

/** How many questions are held; of more, the oldest is forgotten. */
const MOST_HELD = 1000

/**
 * An archive whose questions are held in memory while they cannot be written, so that a full disk keeps nobody from
 * an answer: its buttons work until Custos stops. Held ones are numbered below zero, as none in the archive is.
 */
export function holdQuestions(archive: Archive, log: Log): Archive {
  const held = new Map<number, Question>()
  let last = 0
  return {
    ...archive,
    question: async (number) => held.get(number) ?? archive.question(number),
    keepQuestion: (question) =>
      archive.keepQuestion(question).catch((error: unknown) => {
        log.error({ err: error }, 'A question could not be written; it is held.')
        held.set(--last, question)
        held.delete(last + MOST_HELD)
        return last
      }),
  }
}
