import { randomBytes } from 'node:crypto'
import type { AutocompleteInteraction, Interaction } from 'discord.js'
import type { Suggestion } from '../../command/option.ts'
import { unknownCommand } from '../../command/resolve-command.ts'
import { UserError } from '../../core/errors.ts'
import { isInteractionExpired } from '../rest/errors.ts'
import type { BotContext } from './bot-context.ts'
import { handleCommand, handleMenuCommand, suggest } from './command.ts'
import { handleComponent } from './component.ts'
import { Responder } from './responder.ts'

/** Routes every interaction to its handler and makes sure that it is answered. */
export class Dispatch {
  readonly #bot: BotContext
  readonly #pending = new Set<Promise<void>>()

  constructor(bot: BotContext) {
    this.#bot = bot
  }

  handle(interaction: Interaction): void {
    const responder = new Responder(this.#bot, interaction)
    const answer = this.#answer(interaction, responder)
      .catch((error: unknown) => this.#logUnsent(error, interaction))
      .finally(() => this.#pending.delete(answer))
    this.#pending.add(answer)
  }

  /** Resolves when every interaction received so far is answered. */
  async settled(): Promise<void> {
    await Promise.all(this.#pending)
  }

  async #answer(interaction: Interaction, responder: Responder): Promise<void> {
    if (interaction.isAutocomplete())
      return responder.respondAutocomplete(await this.#suggestions(interaction))
    try {
      await this.#route(interaction, responder)
    } catch (error) {
      // Discord accepts no more replies to this interaction.
      if (isInteractionExpired(error)) throw error
      await responder.reject(
        error instanceof UserError ? error.message : this.#internalError(error, interaction),
      )
    }
  }

  async #route(interaction: Interaction, responder: Responder): Promise<void> {
    const bot = this.#bot
    if (bot.signal.aborted) throw new UserError('Custos is stopping. Try again when it is back.')
    if (!interaction.inGuild()) throw new UserError('Custos works in servers only.')
    if (interaction.isMessageComponent()) await handleComponent(bot, interaction, responder)
    else if (interaction.isChatInputCommand()) await handleCommand(bot, interaction, responder)
    else if (interaction.isContextMenuCommand()) await handleMenuCommand(bot, interaction, responder)
    else throw unknownCommand()
  }

  /** The suggestions for an autocomplete interaction: none if that fails, because Discord shows no errors there. */
  async #suggestions(interaction: AutocompleteInteraction): Promise<readonly Suggestion[]> {
    const { signal } = this.#bot
    if (signal.aborted || !interaction.inGuild()) return []
    try {
      return await suggest(this.#bot, interaction)
    } catch (error) {
      if (!(error instanceof UserError) && !signal.aborted)
        this.#logIncident(error, interaction, 'Autocomplete failed.')
      return []
    }
  }

  /** Logs an internal error. @returns what the member reads instead of an answer */
  #internalError(error: unknown, interaction: Interaction): string {
    const incident = this.#logIncident(error, interaction, 'Answering an interaction failed.')
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
    if (isInteractionExpired(error))
      this.#bot.log.info(fields, 'The interaction expired before it was answered.')
    else this.#bot.log.warn(fields, 'Sending a reply failed.')
  }
}
