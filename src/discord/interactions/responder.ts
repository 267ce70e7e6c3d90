import {
  type APIInteractionResponse,
  type BaseInteraction,
  MessageFlags,
  type REST,
  Routes,
  InteractionResponseType as Type,
} from 'discord.js'
import type { Reply } from '../../command/command.ts'
import type { ReplyMode } from '../../command/component.ts'
import type { Suggestion } from '../../command/option.ts'
import { isAlreadyAcknowledged, isUnknownMessage } from '../rest/errors.ts'
import { withRetries } from './retry.ts'

const NEUTRAL = 0x5865f2
const REJECTED = 0xd83c3e

/** For how long the first response is retried, in milliseconds. Discord waits for three seconds. */
const FIRST_RESPONSE_TIMEOUT = 5000

const NO_MENTIONS = { parse: [] }

/** What an interaction is answered by. */
type Answerable = Pick<BaseInteraction, 'id' | 'token' | 'applicationId'>

/** The first response in each mode. It announces that the answer follows. */
const DEFERRED: Readonly<Record<ReplyMode, APIInteractionResponse>> = {
  ephemeral: { type: Type.DeferredChannelMessageWithSource, data: { flags: MessageFlags.Ephemeral } },
  public: { type: Type.DeferredChannelMessageWithSource, data: {} },
  update: { type: Type.DeferredMessageUpdate },
}

/**
 * Sends everything that answers an interaction. It knows whether the interaction was deferred and in which mode, and
 * mentions nobody. https://docs.discord.com/developers/interactions/receiving-and-responding
 */
export class Responder {
  readonly #rest: REST
  readonly #interaction: Answerable
  #state: 'unanswered' | ReplyMode = 'unanswered'

  constructor(rest: REST, interaction: Answerable) {
    this.#rest = rest
    this.#interaction = interaction
  }

  /** Announces that the answer follows, and who will see it. */
  async defer(mode: ReplyMode): Promise<void> {
    await this.#respond(DEFERRED[mode])
    this.#state = mode
  }

  /** Answers an autocomplete interaction. */
  async respondAutocomplete(choices: readonly Suggestion[]): Promise<void> {
    await this.#respond({
      type: Type.ApplicationCommandAutocompleteResult,
      data: { choices: choices.map(({ name, value }) => ({ name, value })) },
    })
  }

  /** Shows the answer of a deferred interaction, in its new message or the one it updates. */
  async show({ embeds, components, files = [] }: Reply): Promise<void> {
    const message = {
      embeds,
      components,
      // Removes the files of the message that is updated.
      attachments: files.map(({ name }, index) => ({ id: String(index), filename: name })),
      allowed_mentions: NO_MENTIONS,
    }
    const request =
      files.length === 0 ? { body: message } : { body: formOf(message, files), passThroughBody: true }
    await withRetries(async () => {
      await this.#rest.patch(this.#original(), { auth: false, ...request })
    })
  }

  /** Shows progress until the answer replaces it. */
  async report(sentence: string): Promise<void> {
    await this.show({ embeds: [{ description: sentence, color: NEUTRAL }], components: [] })
  }

  /** Shows why there is no answer, to the member alone. A message that a component is on stays as it is. */
  async reject(sentence: string): Promise<void> {
    const embeds = [{ description: sentence, color: REJECTED }]
    const message = { embeds, allowed_mentions: NO_MENTIONS, flags: MessageFlags.Ephemeral }
    switch (this.#state) {
      case 'unanswered':
        await this.#respond({ type: Type.ChannelMessageWithSource, data: message })
        this.#state = 'ephemeral'
        break
      case 'ephemeral':
        await this.show({ embeds, components: [] })
        break
      case 'public':
        await withRetries(() =>
          this.#rest.delete(this.#original(), { auth: false }).then(() => {}, ignoreUnknownMessage),
        )
        await this.#followUp(message)
        break
      case 'update':
        await this.#followUp(message)
    }
  }

  /** Sends the first response. On a retry, Discord may report that it has accepted the one before. */
  async #respond(body: APIInteractionResponse): Promise<void> {
    const { id, token } = this.#interaction
    const signal = AbortSignal.timeout(FIRST_RESPONSE_TIMEOUT)
    await withRetries(async (wasSent) => {
      signal.throwIfAborted()
      try {
        await this.#rest.post(Routes.interactionCallback(id, token), { auth: false, body, signal })
      } catch (error) {
        if (!wasSent || !isAlreadyAcknowledged(error)) throw error
      }
    })
  }

  async #followUp(body: object): Promise<void> {
    const { applicationId, token } = this.#interaction
    await withRetries(async () => {
      await this.#rest.post(Routes.webhook(applicationId, token), { auth: false, body })
    })
  }

  #original() {
    const { applicationId, token } = this.#interaction
    return Routes.webhookMessage(applicationId, token)
  }
}

/** Ignores that a message was deleted before. @throws any other error */
function ignoreUnknownMessage(error: unknown): void {
  if (!isUnknownMessage(error)) throw error
}

/**
 * A message with files as multipart form. discord.js would copy each file in one go, which blocks the process while a
 * large one is copied; a Blob is not copied. https://docs.discord.com/developers/reference#uploading-files
 */
function formOf(message: object, files: NonNullable<Reply['files']>): FormData {
  const form = new FormData()
  for (const [index, { name, content }] of files.entries()) {
    form.append(`files[${index}]`, content instanceof Blob ? content : new Blob([Buffer.from(content)]), name)
  }
  form.append('payload_json', JSON.stringify(message))
  return form
}
