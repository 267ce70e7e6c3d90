import type { Exchange, Message, Outcome } from '../world/conversation.ts'
import type { Json } from '../world/json.ts'

/** What a member sees of an interaction. */
export class Seen {
  readonly exchange: Exchange
  readonly #patience: number

  constructor(exchange: Exchange, patience: number) {
    this.exchange = exchange
    this.#patience = patience
  }

  /** The message that answers: the last that was shown or changed. */
  get message(): Message {
    const shown = this.exchange.outcomes.findLast(isShown)
    if (!shown) throw new Error('Nothing has been shown yet.')
    return shown.message
  }

  get ephemeral(): boolean {
    return this.message.ephemeralTo !== null
  }

  /** How long until the first word and until the answer, in milliseconds of Discord's time. */
  get timings(): { firstWord: number; answer: number } {
    const [first] = this.exchange.outcomes
    const answer = this.exchange.outcomes.find(isShown)
    const since = (at: number | undefined) => (at ?? Number.NaN) - this.exchange.createdAt
    return { firstWord: since(first?.at), answer: since(answer?.at) }
  }

  /** Resolves once something is shown that is not “thinking…”. */
  async answered(): Promise<this> {
    await this.until((outcomes) => outcomes.some(isShown))
    return this
  }

  async choices(): Promise<Json[]> {
    await this.until((outcomes) => outcomes.some(({ what }) => what === 'choices'))
    return this.exchange.outcomes.flatMap((outcome) => (outcome.what === 'choices' ? outcome.choices : []))
  }

  /** Resolves once what came of the interaction is as wanted; rejects when nothing more comes. */
  until(wanted: (outcomes: readonly Outcome[]) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        stop()
        const heard = this.exchange.outcomes.map(({ what }) => what).join(', ') || 'nothing'
        reject(new Error(`The application did not respond (heard: ${heard}).`))
      }, this.#patience)
      const stop = this.exchange.watch(() => {
        if (!wanted(this.exchange.outcomes)) return
        clearTimeout(late)
        queueMicrotask(() => stop())
        resolve()
      })
    })
  }
}

function isShown(outcome: Outcome): outcome is Extract<Outcome, { message: Message }> {
  return (outcome.what === 'shown' || outcome.what === 'edited') && !outcome.message.deleted
}
