import { randomBytes } from 'node:crypto'
import type { AutocompleteInteraction, Interaction } from 'discord.js'
import type { Suggestion } from '../../command/option.ts'
import { unknownCommand } from '../../command/resolve-command.ts'
import { ArchiveUnavailable, UserError } from '../../core/errors.ts'
import { MINUTE, SECOND } from '../../core/time/units.ts'
import { isInteractionExpired } from '../rest/errors.ts'
import type { BotContext } from './bot-context.ts'
import { handleCommand, handleMenuCommand, suggest } from './command.ts'
import { handleComponent } from './component.ts'
import { LateEdits } from './late-edits.ts'
import { Responder } from './responder.ts'

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

/** Routes every interaction to its handler and makes sure that it is answered. */
export class Dispatch {
  readonly #bot: BotContext
  readonly #lateEdits = new LateEdits()
  /** The answers that are not sent yet, or lack a chart. Aborting one gives up what the archive reads for it. */
  readonly #pending = new Map<Promise<void>, AbortController>()

  constructor(bot: BotContext) {
    this.#bot = bot
  }

  handle(interaction: Interaction): void {
    const { archive, clock, signal } = this.#bot
    const over = new AbortController()
    const bot = { ...this.#bot, archive: archive.within(over.signal) }
    const lifetime = interaction.isAutocomplete() ? AUTOCOMPLETE_LIFETIME : LIFETIME
    clock.sleep(lifetime, over.signal).then(
      () => over.abort(new InteractionTimeout('The interaction has expired.')),
      () => {}, // It was answered before.
    )
    const until = AbortSignal.any([signal, over.signal])
    const responder = new Responder({ ...bot, lateEdits: this.#lateEdits, until }, interaction)
    const answer = this.#answer(bot, interaction, responder)
      .catch((error: unknown) => this.#logUnsent(error, interaction))
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

  async #answer(bot: BotContext, interaction: Interaction, responder: Responder): Promise<void> {
    if (interaction.isAutocomplete())
      return responder.respondAutocomplete(await this.#suggestions(bot, interaction))
    try {
      await this.#route(bot, interaction, responder)
    } catch (error) {
      // Discord accepts no more replies to this interaction.
      if (isExpired(error)) throw error
      await responder.reject(
        error instanceof UserError ? error.message : this.#internalError(error, interaction),
      )
    }
  }

  async #route(bot: BotContext, interaction: Interaction, responder: Responder): Promise<void> {
    if (bot.signal.aborted) throw stopping()
    if (!interaction.inGuild()) throw new UserError('Custos works in servers only.')
    if (interaction.isMessageComponent() || interaction.isModalSubmit())
      await handleComponent(bot, interaction, responder)
    else if (interaction.isChatInputCommand()) await handleCommand(bot, interaction, responder)
    else if (interaction.isContextMenuCommand()) await handleMenuCommand(bot, interaction, responder)
    else throw unknownCommand()
  }

  /** The suggestions for an autocomplete interaction: none if that fails, because Discord shows no errors there. */
  async #suggestions(bot: BotContext, interaction: AutocompleteInteraction): Promise<readonly Suggestion[]> {
    const { signal } = bot
    if (signal.aborted || !interaction.inGuild()) return []
    try {
      return await suggest(bot, interaction)
    } catch (error) {
      if (!(error instanceof UserError) && !isExpired(error) && !signal.aborted)
        this.#logIncident(error, interaction, 'Autocomplete failed.')
      return []
    }
  }

  /** Logs an internal error. @returns what the member reads instead of an answer */
  #internalError(error: unknown, interaction: Interaction): string {
    const incident = this.#logIncident(error, interaction, 'Answering an interaction failed.')
    if (error instanceof ArchiveUnavailable) return ARCHIVE_UNAVAILABLE[error.reason]
    return `Something went wrong in Custos. Try again. If it happens again, send the operator this incident id: \`${incident}\`.`
  }

  /** Logs an error under a new id. @returns the id */
  #logIncident(error: unknown, { guildId, id }: Interaction, message: string): string {
    const incident = randomBytes(4).toString('hex')
    this.#bot.log.error({ incident, guild: guildId, interaction: id, err: error }, message)
    return incident
  }

  /** Logs that a reply could not be sent. */
  #logUnsent(error: unknown, { guildId, id }: Interaction): void {
    const fields = { guild: guildId, interaction: id, err: error }
    if (isExpired(error)) this.#bot.log.info(fields, 'The interaction expired before it was answered.')
    else this.#bot.log.warn(fields, 'Sending a reply failed.')
  }
}

/** Whether nobody can read an answer any more. */
function isExpired(error: unknown): boolean {
  return error instanceof InteractionTimeout || isInteractionExpired(error)
}

function stopping(): UserError {
  return new UserError('Custos is stopping. Try again when it is back.')
}
