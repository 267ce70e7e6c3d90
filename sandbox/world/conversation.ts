import type { APIUser } from 'discord-api-types/v10'
import type { Interaction } from './interaction.ts'
import type { Message } from './message.ts'
import type { World } from './world.ts'

/** All messages and interactions. */
export class Conversation {
  readonly messages = new Map<string, Message>()
  /** By token. */
  readonly interactions = new Map<string, Interaction>()
  /** Called with every message that is new, changed or deleted. */
  onChange: ((message: Message) => void) | undefined
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  /** Creates a message that is not posted yet. */
  draft(message: Omit<Message, 'id' | 'deleted' | 'editedAt'>): Message {
    return { ...message, id: this.#world.newId(), deleted: false, editedAt: null }
  }

  post(message: Message): void {
    this.messages.set(message.id, message)
    this.onChange?.(message)
  }

  /** Posts a user's text message, which everyone in the channel sees. */
  postAs(channelId: string, author: APIUser, content: string): Message {
    const plain = { ephemeralTo: null, applicationId: null, files: [], thinking: false }
    const message = this.draft({ channelId, author, body: { content }, ...plain })
    this.post(message)
    return message
  }

  open(interaction: Interaction): void {
    this.interactions.set(interaction.token, interaction)
    interaction.watch(() => {
      const latest = interaction.outcomes.at(-1)
      if (latest && 'message' in latest) this.onChange?.(latest.message)
    })
  }

  delete(message: Message): void {
    message.deleted = true
    this.onChange?.(message)
  }
}
