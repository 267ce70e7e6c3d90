import type { Reply } from '../../command/command.ts'
import type { Snowflake } from '../../core/snowflake.ts'
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

/**
 * The messages whose answer was shown without a part that takes longer, such as a chart. Each is edited once when that
 * part is ready, unless a button changes the message first: an old chart must not replace a page that was turned.
 */
export class LateEdits {
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
   * Drops the late edit of a message, because another edit follows. Resolves when none is under way: one that Discord
   * handled after the other edit would replace it.
   */
  async drop(messageId: Snowflake): Promise<void> {
    const waiting = this.#waiting.get(messageId)
    waiting?.onReplaced()
    await waiting?.sending?.catch(() => {}) // Reported by `add`.
  }
}

/** Sends an edit, and repeats it if that fails, as long as it is wanted. */
function send(reply: Reply, { edit, over }: LateEdit): Promise<void> {
  return withRetries(async () => {
    if (!over.aborted) await edit(reply)
  })
}
