import {
  type APIInteractionResponse,
  type BaseInteraction,
  MessageFlags,
  type REST,
  Routes,
  InteractionResponseType as Type,
} from 'discord.js'
import type { Reply, Suggestion } from '../../command/command.ts'
import { isAlreadyAcknowledged, isUnknownMessage } from '../rest/errors.ts'
import { withRetries } from '../rest/retry.ts'

const NEUTRAL = 0x5865f2
const REFUSED = 0xd83c3e

/** How long the first word is tried for, in milliseconds. Discord waits for three seconds. */
const LATEST_FIRST_WORD = 5000

/** Nobody is pinged by anything that is said. */
const NO_PINGS = { parse: [] }

/**
 * What was said to an interaction so far: nothing; that an answer is coming, which the asker alone will see, or
 * everyone; or that the message under the button or menu is about to change.
 */
type Said = 'nothing' | 'to the asker' | 'to everyone' | 'in place'

/**
 * The one way anything is said to a member. It minds what was said before and who may see it, and pings nobody.
 * https://docs.discord.com/developers/interactions/receiving-and-responding
 */
export class Responder {
  readonly #rest: REST
  readonly #interaction: BaseInteraction
  #said: Said = 'nothing'

  /** @param rest what the answers go through, which no reading may hold up */
  constructor(rest: REST, interaction: BaseInteraction) {
    this.#rest = rest
    this.#interaction = interaction
  }

  /** Says at once that an answer is coming. Who will see it is settled here. */
  async defer(visibility: 'everyone' | 'asker'): Promise<void> {
    const type = Type.DeferredChannelMessageWithSource
    const isPublic = visibility === 'everyone'
    await this.#respond({ type, data: isPublic ? {} : { flags: MessageFlags.Ephemeral } })
    this.#said = isPublic ? 'to everyone' : 'to the asker'
  }

  /** Says at once that the message under a pressed button is about to change. */
  async deferUpdate(): Promise<void> {
    await this.#respond({ type: Type.DeferredMessageUpdate })
    this.#said = 'in place'
  }

  /** Offers values for the option that is being typed. */
  async respondAutocomplete(choices: readonly Suggestion[]): Promise<void> {
    await this.#respond({
      type: Type.ApplicationCommandAutocompleteResult,
      data: { choices: choices.map(({ name, value }) => ({ name, value })) },
    })
  }

  /** Shows an answer in place of what says that it is coming, or of the message that is about to change. */
  async show({ embeds, components, files = [] }: Reply): Promise<void> {
    const message = {
      embeds,
      components,
      // Files of an answer that this one takes the place of go with it.
      attachments: files.map(({ name }, index) => ({ id: String(index), filename: name })),
      allowed_mentions: NO_PINGS,
    }
    const sent =
      files.length === 0 ? { body: message } : { body: formOf(message, files), passThroughBody: true }
    await withRetries(async () => {
      await this.#rest.patch(this.#original(), { auth: false, ...sent })
    })
  }

  /** Says how far the answer is. */
  async report(sentence: string): Promise<void> {
    await this.show({ embeds: [{ description: sentence, color: NEUTRAL }], components: [] })
  }

  /** Tells the one who asked, and nobody else, why there is no answer. */
  async reject(sentence: string): Promise<void> {
    const embeds = [{ description: sentence, color: REFUSED }]
    const message = { embeds, allowed_mentions: NO_PINGS, flags: MessageFlags.Ephemeral }
    switch (this.#said) {
      case 'nothing':
        await this.#respond({ type: Type.ChannelMessageWithSource, data: message })
        this.#said = 'to the asker'
        break
      case 'to the asker':
        await this.show({ embeds, components: [] })
        break
      case 'to everyone':
        await withRetries(() =>
          this.#rest.delete(this.#original(), { auth: false }).then(() => {}, unlessDeleted),
        )
        await this.#follow(message)
        break
      case 'in place':
        await this.#follow(message)
    }
  }

  /** Says the first word. That it was said before is no failure where Discord took it and then failed to say so. */
  async #respond(body: APIInteractionResponse): Promise<void> {
    const { id, token } = this.#interaction
    const signal = AbortSignal.timeout(LATEST_FIRST_WORD)
    await withRetries(async (wasSent) => {
      signal.throwIfAborted()
      try {
        await this.#rest.post(Routes.interactionCallback(id, token), { auth: false, body, signal })
      } catch (error) {
        if (!wasSent || !isAlreadyAcknowledged(error)) throw error
      }
    })
  }

  async #follow(body: object): Promise<void> {
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

/** A message that somebody else has deleted needs not be. @throws what was thrown for any other reason */
function unlessDeleted(error: unknown): void {
  if (!isUnknownMessage(error)) throw error
}

/**
 * A message with files, as discord.js would send it, but for one thing: it copies each file as a whole, and nothing
 * else could happen while it copies a large one. https://docs.discord.com/developers/reference#uploading-files
 */
function formOf(message: object, files: NonNullable<Reply['files']>): FormData {
  const form = new FormData()
  for (const [index, { name, content }] of files.entries()) {
    form.append(`files[${index}]`, content instanceof Blob ? content : new Blob([Buffer.from(content)]), name)
  }
  form.append('payload_json', JSON.stringify(message))
  return form
}
