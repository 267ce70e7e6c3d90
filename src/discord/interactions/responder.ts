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
import type { Clock } from '../../core/clock.ts'
import type { Log } from '../../core/log.ts'
import { isAlreadyAcknowledged, isInteractionExpired, isUnknownMessage } from '../rest/errors.ts'
import { Progress } from './progress.ts'
import { withRetries } from './retry.ts'

const NEUTRAL = 0x5865f2
const REJECTED = 0xd83c3e

/** For how long the first response is retried, in milliseconds. Discord waits for three seconds. */
const FIRST_RESPONSE_TIMEOUT = 5000

/** How long an edit that shows progress may take, in milliseconds. The answer waits for it. */
const PROGRESS_TIMEOUT = 5000

/** Below progress, because its last edit can stay for minutes. */
const TO_BE_REPLACED = { footer: { text: 'The reply replaces this when it is ready.' } }

const NO_MENTIONS = { parse: [] }

/** What an interaction is answered by. */
type Answerable = Pick<BaseInteraction, 'id' | 'token' | 'applicationId'>

interface Deps {
  /** Sends what answers interactions. */
  readonly replies: REST
  readonly clock: Pick<Clock, 'elapsed' | 'sleep'>
  readonly log: Log
}

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
  readonly #progress: Progress
  #state: 'unanswered' | ReplyMode = 'unanswered'

  constructor({ replies, clock, log }: Deps, interaction: Answerable) {
    this.#rest = replies
    this.#interaction = interaction
    this.#progress = new Progress({
      clock,
      // Not repeated: by then, there is something newer to show.
      edit: (sentence) =>
        this.#edit(sentenceReply(sentence, TO_BE_REPLACED), AbortSignal.timeout(PROGRESS_TIMEOUT)),
      onError: (error) =>
        log[isInteractionExpired(error) ? 'debug' : 'warn'](
          { interaction: interaction.id, err: error },
          'Showing progress failed.',
        ),
    })
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
  async show(reply: Reply): Promise<void> {
    await this.#progress.end()
    await withRetries(() => this.#edit(reply))
  }

  async #edit({ embeds, components, files = [] }: Reply, signal?: AbortSignal): Promise<void> {
    const message = {
      embeds,
      components,
      // Removes the files of the message that is updated.
      attachments: files.map(({ name }, index) => ({ id: String(index), filename: name })),
      allowed_mentions: NO_MENTIONS,
    }
    const request =
      files.length === 0 ? { body: message } : { body: formOf(message, files), passThroughBody: true }
    await this.#rest.patch(this.#original(), { auth: false, ...request, ...(signal && { signal }) })
  }

  /** Shows progress in place of the answer, in a few edits. */
  report(sentence: string): void {
    this.#progress.report(sentence)
  }

  /**
   * Shows why there is no answer, to the member alone. A message that a component is on stays as it is; one that shows
   * progress keeps the last sentence reported.
   */
  async reject(sentence: string): Promise<void> {
    const reported = await this.#progress.end()
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
        if (reported !== undefined) await withRetries(() => this.#edit(sentenceReply(reported)))
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

function sentenceReply(description: string, footer = {}): Reply {
  return { embeds: [{ description, color: NEUTRAL, ...footer }], components: [] }
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
