import type { Reply } from '../../command/command.ts'
import { compareIds, type Snowflake } from '../../core/snowflake.ts'
import { withRetries } from './retry.ts'

/** An edit that follows an answer, when the whole reply is ready. */
interface LateEdit {
  /** Undefined if there is nothing to add to the answer. */
  readonly whole: Promise<Reply | undefined>
  readonly edit: (reply: Reply) => Promise<unknown>
  /** Aborts when the edit is no longer wanted. */
  readonly over: AbortSignal
  /** Called when another edit replaces the message. It aborts `over`. */
  readonly onReplaced: () => void
  /** Called when the edit failed. The message is right without it. */
  readonly onError: (error: unknown) => void
}

interface WaitingEdit extends LateEdit {
  /** The edit under way. */
  sending?: Promise<void>
}

/** For how many messages it is known which button changed them last. */
const MOST_CHANGED = 1000

/**
 * The edits of a message that come late, so that none replaces what a member asked for later.
 *
 * A message whose answer was shown without a part that takes longer, such as a chart, is edited once when that part is
 * ready, unless a button changes the message first. And of two buttons that are pressed at about the same time, the
 * answer to the first is not shown after that to the second.
 */
export class LateEdits {
  /** The newest interaction that changed each message. */
  readonly #changedBy = new Map<Snowflake, Snowflake>()
  /** By message. */
  readonly #waiting = new Map<Snowflake, WaitingEdit>()

  /** Resolves when the message has been edited, or the edit is no longer wanted. */
  async add(messageId: Snowflake, late: LateEdit): Promise<void> {
    const waiting: WaitingEdit = { ...late }
    this.#waiting.set(messageId, waiting)
    try {
      const reply = await late.whole
      if (!reply) return
      waiting.sending = send(reply, late)
      await waiting.sending
    } catch (error) {
      late.onError(error)
    } finally {
      if (this.#waiting.get(messageId) === waiting) this.#waiting.delete(messageId)
    }
  }

  /**
   * Lets an interaction change a message: drops its late edit. Resolves when none is under way: one that Discord handled
   * after the change would replace it.
   * @returns false if a later interaction has changed the message, which then stays as it is
   */
  async replace(messageId: Snowflake, interactionId: Snowflake): Promise<boolean> {
    const changedBy = this.#changedBy.get(messageId) ?? '0'
    if (compareIds(interactionId, changedBy) < 0) return false
    this.#changedBy.delete(messageId)
    this.#changedBy.set(messageId, interactionId)
    const [oldest] = this.#changedBy.keys()
    if (this.#changedBy.size > MOST_CHANGED && oldest !== undefined) this.#changedBy.delete(oldest)
    const waiting = this.#waiting.get(messageId)
    waiting?.onReplaced()
    await waiting?.sending?.catch(() => {}) // Reported by `add`.
    return true
  }
}

/** Sends an edit, and repeats it if that fails, as long as it is wanted. */
function send(reply: Reply, { edit, over }: LateEdit): Promise<void> {
  return withRetries(async () => {
    if (!over.aborted) await edit(reply)
  })
}
