import type { Interaction, InteractionOutcome } from '../world/interaction.ts'
import type { JsonObject } from '../world/json.ts'
import type { Message } from '../world/message.ts'
import type { Modal } from '../world/modal.ts'

/** How long a test waits for an outcome before it fails, in milliseconds. */
const TIMEOUT = 10_000

/** What a member sees after they started an interaction. */
export class Reply {
  readonly interaction: Interaction

  constructor(interaction: Interaction) {
    this.interaction = interaction
  }

  /**
   * The message that was shown or edited last.
   * @throws Error if there is none yet
   */
  get message(): Message {
    const shown = this.interaction.outcomes.findLast(hasMessage)
    if (!shown) throw new Error('Nothing has been shown yet.')
    return shown.message
  }

  get ephemeral(): boolean {
    return this.message.ephemeralTo !== null
  }

  /** The time until the first response and until the answer, in milliseconds of Discord's time. */
  get timings(): { firstResponse: number; answer: number } {
    const [first] = this.interaction.outcomes
    const answer = this.interaction.outcomes.find(hasMessage)
    const since = (at: number | undefined) => (at ?? Number.NaN) - this.interaction.createdAt
    return { firstResponse: since(first?.at), answer: since(answer?.at) }
  }

  /** Resolves once a message other than “thinking…” is shown. */
  async answered(): Promise<this> {
    await this.until((outcomes) => outcomes.some(hasMessage))
    return this
  }

  /** Resolves with the modal that the client shows; with undefined if a message is shown instead. */
  async modal(): Promise<Modal | undefined> {
    await this.until((outcomes) => outcomes.some((each) => each.type === 'modal' || hasMessage(each)))
    return this.interaction.outcomes.flatMap((each) => (each.type === 'modal' ? each.modal : []))[0]
  }

  /** Resolves with the autocomplete choices. */
  async choices(): Promise<JsonObject[]> {
    await this.until((outcomes) => outcomes.some(({ type }) => type === 'choices'))
    return this.interaction.outcomes.flatMap((outcome) => (outcome.type === 'choices' ? outcome.choices : []))
  }

  /**
   * Resolves once the outcomes are as wanted.
   * @throws Error if they are not within ten seconds
   */
  until(wanted: (outcomes: readonly InteractionOutcome[]) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const timeout = setTimeout(() => {
        stop()
        const received = this.interaction.outcomes.map(({ type }) => type).join(', ') || 'nothing'
        reject(new Error(`The application did not respond (received: ${received}).`))
      }, TIMEOUT)
      const stop = this.interaction.watch(() => {
        if (!wanted(this.interaction.outcomes)) return
        clearTimeout(timeout)
        queueMicrotask(() => stop())
        resolve()
      })
    })
  }
}

function hasMessage(
  outcome: InteractionOutcome,
): outcome is Extract<InteractionOutcome, { message: Message }> {
  return (outcome.type === 'shown' || outcome.type === 'edited') && !outcome.message.deleted
}
