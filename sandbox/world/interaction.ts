import type { InteractionType } from 'discord-api-types/v10'
import type { JsonObject } from './json.ts'
import type { Message } from './message.ts'
import type { Modal } from './modal.ts'

/** What the application did with an interaction. Times are milliseconds since the Unix epoch. */
export type InteractionOutcome =
  | {
      readonly type: 'thinking' | 'shown' | 'edited' | 'deleted'
      readonly message: Message
      readonly at: number
    }
  | { readonly type: 'updating'; readonly at: number }
  | { readonly type: 'choices'; readonly choices: JsonObject[]; readonly at: number }
  | { readonly type: 'modal'; readonly modal: Modal; readonly at: number }

type InteractionInit = Pick<
  Interaction,
  'id' | 'type' | 'token' | 'applicationId' | 'userId' | 'guildId' | 'channelId' | 'createdAt' | 'source'
>

/** An interaction, from the member's click to the application's last response. */
export class Interaction {
  readonly id: string
  readonly type: InteractionType
  readonly token: string
  readonly applicationId: string
  readonly userId: string
  readonly guildId: string
  readonly channelId: string
  readonly createdAt: number
  /** The message whose button or menu was used, or opened the modal that was submitted. */
  readonly source: Message | undefined
  /** Oldest first. */
  readonly outcomes: InteractionOutcome[] = []
  acknowledged = false
  /** The message that `@original` names. */
  original: Message | undefined
  readonly #listeners = new Set<() => void>()

  constructor(init: InteractionInit) {
    this.id = init.id
    this.type = init.type
    this.token = init.token
    this.applicationId = init.applicationId
    this.userId = init.userId
    this.guildId = init.guildId
    this.channelId = init.channelId
    this.createdAt = init.createdAt
    this.source = init.source
  }

  add(outcome: InteractionOutcome): void {
    this.outcomes.push(outcome)
    for (const listener of [...this.#listeners]) listener()
  }

  /**
   * Calls the listener now and after every outcome.
   * @returns a function that stops the calls
   */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener)
    listener()
    return () => this.#listeners.delete(listener)
  }
}
