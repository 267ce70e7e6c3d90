import { randomBytes } from 'node:crypto'
import type { AutocompleteInteraction, Interaction } from 'discord.js'
import type { Suggestion } from '../../command/option.ts'
import { unknownCommand } from '../../command/resolve-command.ts'
import { ArchiveUnavailable, messageOf, UserError } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'
import { MINUTE, SECOND } from '../../core/time/units.ts'
import { isInteractionExpired } from '../rest/errors.ts'
import { ArchiveOutage } from './archive-outage.ts'
import type { BotContext } from './bot-context.ts'
import { handleCommand, handleMenuCommand, suggest } from './command.ts'
import { handleComponent } from './component.ts'
import { type InteractionName, nameOf } from './interaction-name.ts'
import { LateEdits } from './late-edits.ts'
import { Responder, type Waits } from './responder.ts'

/**
 * For how long an interaction can be answered, and an autocomplete interaction, in milliseconds.
 * https://docs.discord.com/developers/interactions/receiving-and-responding
 */
const LIFETIME = 15 * MINUTE
const AUTOCOMPLETE_LIFETIME = 3 * SECOND

/** What a member reads while the archive is unavailable. */
const ARCHIVE_UNAVAILABLE: Readonly<Record<ArchiveUnavailable['reason'], string>> = {
  unreachable:
    'Custos’s archive cannot be reached at the moment. Nothing is lost: what happens in the meantime is stored when it is ' +
    'back. Try again in a minute.',
  slow: 'Custos’s archive took too long to answer. Try again in a minute, or ask about a shorter time.',
}

/** The interaction can no longer be answered, because too much time has passed. */
class InteractionTimeout extends Error {}

/** How an interaction ended: with an answer, with a sentence about a mistake or a stop, with an error, or with nothing. */
type Outcome = 'answered' | 'rejected' | 'failed' | 'expired'

/** An interaction that is being answered. */
interface Request {
  /** What it is answered with. Its log has the id in every line. */
  readonly bot: BotContext
  /** Its id: in the log, and in what a member reads when something fails. */
  readonly request: string
  readonly responder: Responder
}

/** Routes every interaction to its handler and makes sure that it is answered. */
export class Dispatch {
  readonly #bot: BotContext
  readonly #lateEdits = new LateEdits()
  /** The answers that are not sent yet, or lack a chart. Aborting one gives up what the archive reads for it. */
  readonly #pending = new Map<Promise<void>, AbortController>()

  readonly #outage: ArchiveOutage

  constructor(bot: BotContext) {
    this.#bot = bot
    this.#outage = new ArchiveOutage(bot.clock)
  }

  handle(interaction: Interaction): void {
    const { archive, clock, signal } = this.#bot
    const name = nameOf(this.#bot, interaction)
    const request = randomBytes(4).toString('hex')
    const log = this.#bot.log.child({ request, guild: interaction.guildId, ...name })
    const over = new AbortController()
    const bot = { ...this.#bot, log, archive: archive.within(over.signal, log) }
    const lifetime = interaction.isAutocomplete() ? AUTOCOMPLETE_LIFETIME : LIFETIME
    clock.sleep(lifetime, over.signal).then(
      () => over.abort(new InteractionTimeout('The interaction has expired.')),
      () => {}, // It was answered before.
    )
    const until = AbortSignal.any([signal, over.signal])
    const responder = new Responder({ ...bot, lateEdits: this.#lateEdits, until }, interaction)
    const answer = this.#answer({ bot, request, responder }, interaction)
      .catch((error: unknown) => logUnsent(error, log))
      .then((outcome) => this.#finished(log, name, outcome, responder.waits))
      .finally(() => {
        this.#pending.delete(answer)
        over.abort()
      })
    this.#pending.set(answer, over)
  }

  /** Resolves when every interaction received so far is answered. */
  async settled(): Promise<void> {
    await Promise.all(this.#pending.keys())
  }

  /** Gives up the answers that still wait for the archive. The members read that Custos is stopping. */
  giveUp(): void {
    for (const over of this.#pending.values()) over.abort(stopping())
  }

  async #answer(request: Request, interaction: Interaction): Promise<Outcome> {
    const { bot, responder } = request
    if (interaction.isAutocomplete()) return this.#suggest(request, interaction)
    try {
      await route(bot, interaction, responder)
      return 'answered'
    } catch (error) {
      // Discord accepts no more replies to this interaction.
      if (isExpired(error)) throw error
      const isUserError = error instanceof UserError
      await responder.reject(isUserError ? error.message : this.#internalError(error, request))
      return isUserError ? 'rejected' : 'failed'
    }
  }

  /** Answers an autocomplete interaction: with nothing if that fails, because Discord shows no errors there. */
  async #suggest({ bot, responder }: Request, interaction: AutocompleteInteraction): Promise<Outcome> {
    const { log, signal } = bot
    let choices: readonly Suggestion[] = []
    let outcome: Outcome = 'answered'
    try {
      if (!signal.aborted && interaction.inGuild()) choices = await suggest(bot, interaction)
    } catch (error) {
      outcome = isExpired(error) ? 'expired' : error instanceof UserError ? 'rejected' : 'failed'
      if (error instanceof ArchiveUnavailable) this.#outage.failed(log, error)
      // A warning, because there is one for every key that a member presses.
      else if (outcome === 'failed' && !signal.aborted) log.warn({ err: error }, 'Autocomplete failed.')
    }
    await responder.respondAutocomplete(choices)
    return outcome
  }

  /** Logs an internal error. @returns what the member reads instead of an answer */
  #internalError(error: unknown, { bot, request }: Request): string {
    if (error instanceof ArchiveUnavailable) {
      this.#outage.failed(bot.log, error)
      return ARCHIVE_UNAVAILABLE[error.reason]
    }
    bot.log.error({ err: error }, 'Answering an interaction failed.')
    return `Something went wrong in Custos. Try again. If it happens again, send the operator this incident id: \`${request}\`.`
  }

  /** An interaction needs nothing more. At `debug`, because there can be a hundred a second. */
  #finished(log: Log, name: InteractionName, outcome: Outcome, { first, answer }: Waits): void {
    const { metrics } = this.#bot
    const { interaction, command } = name
    metrics.count('custos_interactions_total', { ...name, outcome })
    if (first !== undefined) metrics.time('custos_first_word_seconds', { interaction, command }, first)
    if (outcome === 'answered' && answer !== undefined)
      metrics.time('custos_answer_seconds', { interaction, command }, answer)
    // A component may only have shown its form, which is not in the archive.
    const isFromArchive = outcome === 'answered' && interaction !== 'component'
    if (isFromArchive && answer !== undefined) this.#outage.answered(log, answer)
    const fields = {
      outcome,
      ...(first !== undefined && { firstMs: Math.round(first) }),
      ...(answer !== undefined && { ms: Math.round(answer) }),
    }
    log.debug(fields, 'Interaction finished.')
  }
}

async function route(bot: BotContext, interaction: Interaction, responder: Responder): Promise<void> {
  if (bot.signal.aborted) throw stopping()
  if (!interaction.inGuild()) throw new UserError('Custos works in servers only.')
  if (interaction.isMessageComponent() || interaction.isModalSubmit())
    await handleComponent(bot, interaction, responder)
  else if (interaction.isChatInputCommand()) await handleCommand(bot, interaction, responder)
  else if (interaction.isContextMenuCommand()) await handleMenuCommand(bot, interaction, responder)
  else throw unknownCommand()
}

/** Logs that a reply could not be sent. */
function logUnsent(error: unknown, log: Log): Outcome {
  if (isExpired(error)) {
    log.info({ reason: messageOf(error) }, 'The interaction expired before it was answered.')
    return 'expired'
  }
  log.warn({ err: error }, 'Sending a reply failed.')
  return 'failed'
}

/** Whether nobody can read an answer any more. */
function isExpired(error: unknown): boolean {
  return error instanceof InteractionTimeout || isInteractionExpired(error)
}

function stopping(): UserError {
  return new UserError('Custos is stopping. Try again when it is back.')
}
