import { randomBytes } from 'node:crypto'
import type { AutocompleteInteraction, Interaction } from 'discord.js'
import type { Suggestion } from '../../command/command.ts'
import { UserError } from '../../core/errors.ts'
import { isInteractionExpired } from '../rest/errors.ts'
import { type BotContext, unknownCommand } from './bot-context.ts'
import { handleCommand, handleMenuCommand, suggest } from './command.ts'
import { handleComponent } from './component.ts'
import { Responder } from './responder.ts'

/** Takes every interaction to where it is answered, and sees to it that each gets a word. */
export class Dispatch {
  readonly #desk: BotContext
  readonly #underWay = new Set<Promise<void>>()

  constructor(bot: BotContext) {
    this.#desk = bot
  }

  handle(interaction: Interaction): void {
    const responder = new Responder(this.#desk.replies, interaction)
    const answer = this.#answer(interaction, responder)
      .catch((error: unknown) => this.#unsent(error, interaction))
      .finally(() => this.#underWay.delete(answer))
    this.#underWay.add(answer)
  }

  /** Resolves when all that was asked is answered. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay)
  }

  async #answer(interaction: Interaction, responder: Responder): Promise<void> {
    if (interaction.isAutocomplete())
      return responder.respondAutocomplete(await this.#suggestions(interaction))
    try {
      await this.#route(interaction, responder)
    } catch (error) {
      // Nobody is there any more to be told.
      if (isInteractionExpired(error)) throw error
      const incident = () => this.#incident(error, interaction, 'An answer failed.')
      await responder.reject(
        error instanceof UserError
          ? error.message
          : `Something went wrong, and not with what you typed. It is logged as incident \`${incident()}\`.`,
      )
    }
  }

  async #route(interaction: Interaction, responder: Responder): Promise<void> {
    if (this.#desk.signal.aborted) throw new UserError('Custos is restarting. Ask again in a moment.')
    if (!interaction.inGuild()) throw new UserError('I answer in servers only.')
    if (interaction.isMessageComponent()) await handleComponent(this.#desk, interaction, responder)
    else if (interaction.isChatInputCommand()) await handleCommand(this.#desk, interaction, responder)
    else if (interaction.isContextMenuCommand()) await handleMenuCommand(this.#desk, interaction, responder)
    else throw unknownCommand()
  }

  /** What is offered while an option is typed. Discord shows no sentence there: where there is none, nothing is. */
  async #suggestions(interaction: AutocompleteInteraction): Promise<readonly Suggestion[]> {
    const { signal } = this.#desk
    if (signal.aborted || !interaction.inGuild()) return []
    try {
      return await suggest(this.#desk, interaction)
    } catch (error) {
      if (!(error instanceof UserError) && !signal.aborted)
        this.#incident(error, interaction, 'Autocomplete failed.')
      return []
    }
  }

  /** Logs what nobody who asks can mend. @returns the id under which it is logged */
  #incident(error: unknown, { guildId, id }: Interaction, what: string): string {
    const incident = randomBytes(4).toString('hex')
    this.#desk.log.error({ incident, guild: guildId, interaction: id, err: error }, what)
    return incident
  }

  /** Logs that an answer did not reach the one who asked. */
  #unsent(error: unknown, { guildId, id }: Interaction): void {
    const facts = { guild: guildId, interaction: id, err: error }
    if (isInteractionExpired(error)) this.#desk.log.info(facts, 'An interaction could no longer be answered.')
    else this.#desk.log.warn(facts, 'A reply could not be sent.')
  }
}
