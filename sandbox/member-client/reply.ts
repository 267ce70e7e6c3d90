import type { Interaction, InteractionOutcome } from '../world/interaction.ts'
import type { JsonObject } from '../world/json.ts'
import type { Message } from '../world/message.ts'

/** What a member sees of an interaction. */
export class Reply {
  readonly interaction: Interaction
  readonly #patience: number

  constructor(interaction: Interaction, patience: number) {
    this.interaction = interaction
    this.#patience = patience
  }

  /** The message that answers: the last that was shown or changed. */
  get message(): Message {
    const shown = this.interaction.outcomes.findLast(isShown)
    if (!shown) throw new Error('Nothing has been shown yet.')
    return shown.message
  }

  get ephemeral(): boolean {
    return this.message.ephemeralTo !== null
  }

  /** How long until the first word and until the answer, in milliseconds of Discord's time. */
  get timings(): { firstWord: number; answer: number } {
    const [first] = this.interaction.outcomes
    const answer = this.interaction.outcomes.find(isShown)
    const since = (at: number | undefined) => (at ?? Number.NaN) - this.interaction.createdAt
    return { firstWord: since(first?.at), answer: since(answer?.at) }
  }

  /** Resolves once something is shown that is not “thinking…”. */
  async answered(): Promise<this> {
    await this.until((outcomes) => outcomes.some(isShown))
    return this
  }

  async choices(): Promise<JsonObject[]> {
    await this.until((outcomes) => outcomes.some(({ type }) => type === 'choices'))
    return this.interaction.outcomes.flatMap((outcome) => (outcome.type === 'choices' ? outcome.choices : []))
  }

  /** Resolves once what came of the interaction is as wanted; rejects when nothing more comes. */
  until(wanted: (outcomes: readonly InteractionOutcome[]) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        stop()
        const received = this.interaction.outcomes.map(({ type }) => type).join(', ') || 'nothing'
        reject(new Error(`The application did not respond (heard: ${received}).`))
      }, this.#patience)
      const stop = this.interaction.watch(() => {
        if (!wanted(this.interaction.outcomes)) return
        clearTimeout(late)
        queueMicrotask(() => stop())
        resolve()
      })
    })
  }
}

function isShown(outcome: InteractionOutcome): outcome is Extract<InteractionOutcome, { message: Message }> {
  return (outcome.type === 'shown' || outcome.type === 'edited') && !outcome.message.deleted
}
