import {
  type APIInteractionResponse,
  type BaseInteraction,
  MessageFlags,
  type REST,
  Routes,
  InteractionResponseType as Type,
} from 'discord.js'
import type { Answer, Reply } from '../../command/command.ts'
import type { Form, ReplyMode } from '../../command/component.ts'
import type { Suggestion } from '../../command/option.ts'
import type { Clock } from '../../core/clock.ts'
import { inTime } from '../../core/in-time.ts'
import { isRecord } from '../../core/json.ts'
import type { Log } from '../../core/log.ts'
import { isSnowflake, type Snowflake } from '../../core/snowflake.ts'
import { isAlreadyAcknowledged, isInteractionExpired, isUnknownMessage } from '../rest/errors.ts'
import { formResponse } from './form.ts'
import type { LateEdits } from './late-edits.ts'
import { messageRequest, NO_MENTIONS } from './message-request.ts'
import { Progress } from './progress.ts'
import { withRetries } from './retry.ts'

const NEUTRAL = 0x5865f2
const REJECTED = 0xd83c3e

/** For how long the first response is retried, in milliseconds. Discord waits for three seconds. */
const FIRST_RESPONSE_TIMEOUT = 5000

/**
 * Until when an answer waits for the part of it that takes longer, in milliseconds after the interaction. An answer that
 * itself took longer does not wait at all, so that the many answers of a busy moment come without delay.
 */
const WHOLE_DUE = 250

/** How long an edit before or after the answer may take, in milliseconds. The next edit of the message waits for it. */
const EDIT_TIMEOUT = 5000

/** Below progress, because its last edit can stay for minutes. */
const TO_BE_REPLACED = { footer: { text: 'The reply replaces this when it is ready.' } }

/** What an interaction is answered by. */
interface Answerable extends Pick<BaseInteraction, 'id' | 'token' | 'applicationId'> {
  /** The message that a component, or the component whose form was submitted, is on. */
  readonly message?: { readonly id: Snowflake } | null
}

/** How long a member has waited for Custos, in milliseconds since the interaction arrived; absent until it comes. */
export interface Waits {
  /** For the first response, which may be that the answer follows. */
  readonly first?: number
  /** For the answer, or the sentence that there is none. A chart may follow. */
  readonly answer?: number
}

interface Deps {
  /** Sends what answers interactions. */
  readonly replies: REST
  readonly clock: Pick<Clock, 'elapsed' | 'sleep'>
  readonly log: Log
  /** The late edits of all interactions. */
  readonly lateEdits: LateEdits
  /** Aborts when Custos stops, or the interaction has expired or is given up. */
  readonly until: AbortSignal
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
  readonly #clock: Deps['clock']
  readonly #startedAt: number
  readonly #log: Log
  readonly #progress: Progress
  readonly #lateEdits: LateEdits
  readonly #replaced = new AbortController()
  /** Aborts when nothing will be added to the answer any more. */
  readonly over: AbortSignal
  #state: 'unanswered' | ReplyMode = 'unanswered'
  #waits: Waits = {}

  constructor({ replies, clock, log, lateEdits, until }: Deps, interaction: Answerable) {
    this.#rest = replies
    this.#clock = clock
    this.#startedAt = clock.elapsed()
    this.#log = log
    this.#lateEdits = lateEdits
    this.over = AbortSignal.any([until, this.#replaced.signal])
    this.#interaction = interaction
    this.#progress = new Progress({
      clock,
      // Not repeated: by then, there is something newer to show.
      edit: async (sentence) => {
        await this.#replace(sentenceReply(sentence, TO_BE_REPLACED), AbortSignal.timeout(EDIT_TIMEOUT))
      },
      onError: (error) => log[levelOf(error)]({ err: error }, 'Sending progress failed.'),
    })
  }

  get waits(): Waits {
    return this.#waits
  }

  /** Announces that the answer follows, and who will see it. */
  async defer(mode: ReplyMode): Promise<void> {
    await this.#respond(DEFERRED[mode])
    this.#state = mode
  }

  /** Shows the form of a component in place of an answer. What is submitted in it is an interaction of its own. */
  async showForm(customId: string, form: Form): Promise<void> {
    await this.#respond(formResponse(customId, form))
    this.#answered()
  }

  /** Answers an autocomplete interaction. */
  async respondAutocomplete(choices: readonly Suggestion[]): Promise<void> {
    await this.#respond({
      type: Type.ApplicationCommandAutocompleteResult,
      data: { choices: choices.map(({ name, value }) => ({ name, value })) },
    })
    this.#answered()
  }

  /**
   * Shows the answer of a deferred interaction, in its new message or the one it updates. If a part of it is not ready
   * soon, it is shown without that part and edited once when the part is ready.
   */
  async show({ whole, ...reply }: Answer): Promise<void> {
    const [known] = await Promise.all([whole && this.#ifSoon(whole), this.#progress.end()])
    const messageId = await withRetries(() => this.#replace(known ?? reply))
    this.#answered()
    if (!whole || known || messageId === undefined) return
    await this.#lateEdits.add(messageId, {
      whole,
      edit: (wholeReply) => this.#edit(wholeReply, AbortSignal.timeout(EDIT_TIMEOUT)),
      over: this.over,
      onReplaced: () => this.#replaced.abort(),
      onError: (error) =>
        this.#log[levelOf(error)]({ err: error }, 'Editing a reply failed: it has no chart.'),
    })
  }

  /** A reply, or undefined if it is not ready soon. */
  #ifSoon(reply: Promise<Reply | undefined>): Promise<Reply | undefined> {
    const timeout = Math.max(0, this.#startedAt + WHOLE_DUE - this.#clock.elapsed())
    const limit = { clock: this.#clock, timeout, signal: this.over }
    const none = () => undefined
    return inTime(limit, () => reply, none)
  }

  /**
   * Edits the message, and drops what another interaction would have added to it late.
   * @returns its id; undefined if a later interaction has changed it already
   */
  async #replace(reply: Reply, signal?: AbortSignal): Promise<Snowflake | undefined> {
    const { id, message } = this.#interaction
    const isLatest = this.#state !== 'update' || !message || (await this.#lateEdits.replace(message.id, id))
    return isLatest ? this.#edit(reply, signal) : undefined
  }

  /** @returns the id of the message */
  async #edit(reply: Reply, signal?: AbortSignal): Promise<Snowflake | undefined> {
    const options = { auth: false, ...messageRequest(reply), ...(signal && { signal }) }
    const edited = await this.#rest.patch(this.#original(), options)
    return isRecord(edited) && isSnowflake(edited.id) ? edited.id : undefined
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
        if (reported !== undefined) await withRetries(() => this.#replace(sentenceReply(reported)))
        await this.#followUp(message)
    }
    this.#answered()
  }

  #answered(): void {
    this.#waits = { answer: this.#waited, ...this.#waits }
  }

  get #waited(): number {
    return this.#clock.elapsed() - this.#startedAt
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
    this.#waits = { first: this.#waited, ...this.#waits }
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

/** The level of the failure of an edit that the member can do without. */
function levelOf(error: unknown): 'debug' | 'warn' {
  return isInteractionExpired(error) ? 'debug' : 'warn'
}

/** Ignores that a message was deleted before. @throws any other error */
function ignoreUnknownMessage(error: unknown): void {
  if (!isUnknownMessage(error)) throw error
}
