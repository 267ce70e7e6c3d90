import { type APIUser, type InteractionType, MessageFlags } from 'discord-api-types/v10'
import { isoTime } from './guild.ts'
import type { JsonObject } from './json.ts'
import type { World } from './world.ts'

/** A file that was sent with a message. */
export interface SentFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

/** A message as Discord holds it, and who sees it. */
export interface Message {
  readonly id: string
  readonly channelId: string
  readonly author: APIUser
  /** The only one who sees it; null when everyone in the channel does. */
  readonly ephemeralTo: string | null
  readonly applicationId: string | null
  /** What was sent: content, embeds, components and attachments, as Discord would hand them back. */
  body: JsonObject
  files: readonly SentFile[]
  /** Whether it says “Custos is thinking…” and nothing yet. */
  thinking: boolean
  deleted: boolean
  editedAt: number | null
}

/** What came of an interaction, in the order it came. */
export type InteractionOutcome =
  | {
      readonly what: 'thinking' | 'shown' | 'edited' | 'deleted'
      readonly message: Message
      readonly at: number
    }
  | { readonly what: 'updating'; readonly at: number }
  | { readonly what: 'choices'; readonly choices: JsonObject[]; readonly at: number }

/** An interaction from the member's click to the application's last word. */
export class Interaction {
  readonly id: string
  readonly type: InteractionType
  readonly token: string
  readonly applicationId: string
  readonly userId: string
  readonly guildId: string
  readonly channelId: string
  readonly createdAt: number
  /** The message whose button or menu was used. */
  readonly source: Message | undefined
  readonly outcomes: InteractionOutcome[] = []
  acknowledged = false
  original: Message | undefined
  readonly #listeners = new Set<() => void>()

  constructor(
    given: Pick<
      Interaction,
      'id' | 'type' | 'token' | 'applicationId' | 'userId' | 'guildId' | 'channelId' | 'createdAt' | 'source'
    >,
  ) {
    this.id = given.id
    this.type = given.type
    this.token = given.token
    this.applicationId = given.applicationId
    this.userId = given.userId
    this.guildId = given.guildId
    this.channelId = given.channelId
    this.createdAt = given.createdAt
    this.source = given.source
  }

  add(outcome: InteractionOutcome): void {
    this.outcomes.push(outcome)
    for (const listener of [...this.#listeners]) listener()
  }

  /** Calls back now and at every outcome, until told to stop. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener)
    listener()
    return () => this.#listeners.delete(listener)
  }
}

/** All messages and interactions. */
export class Conversation {
  readonly messages = new Map<string, Message>()
  /** By token. */
  readonly interactions = new Map<string, Interaction>()
  /** Is told of every message that is new, changed or deleted. */
  onChange: ((message: Message) => void) | undefined
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  /** A message that nobody sees yet. */
  draft(message: Omit<Message, 'id' | 'deleted' | 'editedAt'>): Message {
    return { ...message, id: this.#world.newId(), deleted: false, editedAt: null }
  }

  post(message: Message): void {
    this.messages.set(message.id, message)
    this.onChange?.(message)
  }

  /** A member writes a message, which everyone in the channel sees. */
  postAs(channelId: string, author: APIUser, content: string): Message {
    const unseen = { ephemeralTo: null, applicationId: null, files: [], thinking: false }
    const message = this.draft({ channelId, author, body: { content }, ...unseen })
    this.post(message)
    return message
  }

  /** Begins an interaction. */
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

/** A message as REST hands it back. */
export function messagePayload(message: Message): JsonObject {
  const { body } = message
  const flags =
    (message.ephemeralTo === null ? 0 : MessageFlags.Ephemeral) |
    (message.thinking ? MessageFlags.Loading : 0)
  return {
    id: message.id,
    type: message.applicationId === null ? 0 : 20,
    channel_id: message.channelId,
    author: message.author,
    content: '',
    embeds: [],
    attachments: [],
    components: [],
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    pinned: false,
    tts: false,
    timestamp: isoTime(Number(BigInt(message.id) >> 22n) + 1_420_070_400_000),
    edited_timestamp: message.editedAt === null ? null : isoTime(message.editedAt),
    flags,
    ...(message.applicationId !== null && {
      application_id: message.applicationId,
      webhook_id: message.applicationId,
    }),
    ...body,
  }
}
