import type { APIUser } from 'discord-api-types/v10'
import type { Interaction } from './interaction.ts'
import type { Message } from './message.ts'
import { timeOf } from './snowflakes.ts'
import { MINUTE } from './units.ts'
import type { World } from './world.ts'

type MessageDraft = Pick<Message, 'channelId' | 'author'> &
  Partial<Pick<Message, 'ephemeralTo' | 'applicationId'>>

/** How long Discord remembers the nonces of messages, in milliseconds. It says “a few minutes”. */
const NONCE_LIFETIME = 3 * MINUTE

/** All messages and interactions. */
export class Conversation {
  readonly messages = new Map<string, Message>()
  /** By token. */
  readonly interactions = new Map<string, Interaction>()
  /** Called with every message that is new, changed or deleted. */
  onChange: ((message: Message) => void) | undefined
  readonly #world: World
  /** The last message with each nonce, by author and nonce. */
  readonly #byNonce = new Map<string, Message>()

  constructor(world: World) {
    this.#world = world
  }

  /** Creates a message that is not posted yet. */
  draft({ channelId, author, ephemeralTo = null, applicationId = null }: MessageDraft): Message {
    return {
      id: this.#world.newId(),
      channelId,
      author,
      ephemeralTo,
      applicationId,
      body: {},
      files: [],
      pinged: [],
      thinking: false,
      deleted: false,
      editedAt: null,
    }
  }

  post(message: Message): void {
    this.messages.set(message.id, message)
    this.onChange?.(message)
  }

  /**
   * The message that an author posted with a nonce within a few minutes, even if it was deleted since.
   * https://docs.discord.com/developers/resources/message#create-message
   */
  withNonce(authorId: string, nonce: string): Message | undefined {
    const found = this.#byNonce.get(`${authorId} ${nonce}`)
    return found && timeOf(found.id) > this.#world.now() - NONCE_LIFETIME ? found : undefined
  }

  /** Posts a message with a nonce. */
  postWithNonce(message: Message, nonce: string): void {
    this.#byNonce.set(`${message.author.id} ${nonce}`, message)
    this.post(message)
  }

  /** The messages in a channel that everyone in it sees, oldest first. */
  messagesIn(channelId: string): Message[] {
    return [...this.messages.values()].filter(
      (message) => message.channelId === channelId && message.ephemeralTo === null && !message.deleted,
    )
  }

  /** Posts a user's text message, which everyone in the channel sees. */
  postAs(channelId: string, author: APIUser, content: string): Message {
    const message = { ...this.draft({ channelId, author }), body: { content } }
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
