import { randomBytes } from 'node:crypto'
import type { Interaction } from 'discord.js'
import { UserError } from '../core/user-error.ts'
import { ask, askOf, suggest } from './ask.ts'
import type { Desk } from './desk.ts'
import { press } from './press.ts'
import { Responder } from './responder.ts'

/** Takes every interaction to where it is answered, and sees to it that each gets a word. */
export class Dispatch {
  readonly #desk: Desk
  readonly #underWay = new Set<Promise<void>>()

  constructor(desk: Desk) {
    this.#desk = desk
  }

  handle(interaction: Interaction): void {
    const answer = this.#answer(interaction)
      .catch((error: unknown) => this.#desk.log.warn({ err: error }, 'A reply could not be sent.'))
      .finally(() => this.#underWay.delete(answer))
    this.#underWay.add(answer)
  }

  /** Resolves when all that was asked is answered. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay)
  }

  async #answer(interaction: Interaction): Promise<void> {
    if (!interaction.inGuild()) return
    if (interaction.isAutocomplete()) return suggest(this.#desk, interaction)
    if (!interaction.isCommand() && !interaction.isMessageComponent()) return
    const responder = new Responder(interaction)
    try {
      if (this.#desk.signal.aborted) throw new UserError('Custos is restarting. Ask again in a moment.')
      if (interaction.isMessageComponent()) await press(this.#desk, interaction, responder)
      else if (interaction.isChatInputCommand()) await ask(this.#desk, interaction, responder)
      else if (interaction.isContextMenuCommand()) await askOf(this.#desk, interaction, responder)
    } catch (error) {
      await responder.refuse(error instanceof UserError ? error.message : this.#incident(error, interaction))
    }
  }

  /** Logs what nobody who asks can mend, and gives the line they get instead. */
  #incident(error: unknown, { guildId, id }: Interaction): string {
    const incident = randomBytes(4).toString('hex')
    this.#desk.log.error({ incident, guild: guildId, interaction: id, err: error }, 'An answer failed.')
    return `Something went wrong, and not with what you typed. It is logged as incident \`${incident}\`.`
  }
}
