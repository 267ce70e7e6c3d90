import { PermissionFlagsBits } from 'discord-api-types/v10'
import { deleteMessage } from '../actions/messages.ts'
import type { Operator } from '../member-client/member-client.ts'
import { WrongOption } from '../member-client/command-options.ts'
import type { Seen } from '../member-client/reply.ts'
import type { Town } from '../town/town.ts'
import type { Message } from '../world/conversation.ts'
import { text } from '../world/json.ts'
import type { Answer, Asks } from './protocol.ts'
import type { Used } from './state/page-state.ts'

/** How long a client waits for a first word, in milliseconds. */
const PATIENCE = 3000

const DONE: Answer = { is: 'done' }

/** What members do at their keyboards, through the sandbox's operator, and which command each answer is for. */
export class Members {
  /** By the message that answers. */
  readonly used = new Map<string, Used>()
  readonly #town: Town

  constructor(town: Town) {
    this.#town = town
  }

  command({ as, channel, path, values }: Asks['command']): Promise<Answer> {
    const used: Used = { by: as, command: path, of: 'slash', target: undefined }
    return this.#sent(() => this.#seat({ as, channel }).send(path, values), used)
  }

  async autocomplete({
    as,
    channel,
    path,
    option,
    text: typed,
    values,
  }: Asks['autocomplete']): Promise<Answer> {
    try {
      const choices = await this.#seat({ as, channel }).autocomplete(path, option, typed, values)
      return {
        is: 'choices',
        choices: choices.map(({ name, value }) => ({
          name: text(name) ?? '',
          value: typeof value === 'number' ? value : (text(value) ?? ''),
        })),
      }
    } catch {
      // A client shows no choices when none come.
      return { is: 'choices', choices: [] }
    }
  }

  menuOnUser({ as, channel, name, target }: Asks['menuOnUser']): Promise<Answer> {
    const used: Used = { by: as, command: name, of: 'user', target }
    return this.#sent(() => this.#seat({ as, channel }).sendOnUser(name, target), used)
  }

  menuOnMessage({ as, channel, name, target }: Asks['menuOnMessage']): Promise<Answer> {
    const message = this.#message(target)
    const used: Used = { by: as, command: name, of: 'message', target: message.author.id }
    return this.#sent(() => this.#seat({ as, channel }).sendOnMessage(name, message), used)
  }

  button({ message, label, ...seat }: Asks['button']): Promise<Answer> {
    return this.#sent(() => this.#seat(seat).sendClick(this.#message(message), label))
  }

  choice({ message, value, ...seat }: Asks['choice']): Promise<Answer> {
    return this.#sent(() => this.#seat(seat).sendChoice(this.#message(message), value))
  }

  say({ as, channel, text: content }: Asks['say']): Answer {
    const author = this.#town.discord.world.users.get(as)
    if (author) this.#town.discord.conversation.say(channel, author, content)
    return DONE
  }

  /** Deletes a message, as its author may, or one who may manage messages. */
  remove({ as, message: id }: Asks['remove']): Answer {
    const { guild, discord } = this.#town
    const message = this.#message(id)
    if (message.author.id !== as && !guild.may(as, PermissionFlagsBits.ManageMessages)) {
      return { is: 'wrong', why: 'You may not delete what others wrote.' }
    }
    discord.conversation.delete(message)
    deleteMessage({ world: discord.world, guild, actorId: as }, message.channelId, message.author.id)
    return DONE
  }

  #seat({ as, channel }: { as: string; channel: string }): Operator {
    return this.#town.as(as, channel)
  }

  #message(id: string): Message {
    const message = this.#town.discord.conversation.messages.get(id)
    if (!message || message.deleted) throw new Error('That message is gone')
    return message
  }

  /** Sends an interaction and waits for a first word, as a client does. */
  async #sent(send: () => Seen, used?: Used): Promise<Answer> {
    try {
      const { exchange } = send()
      const first = Promise.withResolvers<Answer>()
      const late = setTimeout(() => first.resolve({ is: 'unanswered' }), PATIENCE)
      exchange.watch(() => {
        for (const outcome of exchange.outcomes) {
          if (used && 'message' in outcome) this.used.set(outcome.message.id, used)
        }
        if (exchange.outcomes.length > 0) first.resolve(DONE)
      })
      const answer = await first.promise
      clearTimeout(late)
      return answer
    } catch (error) {
      if (!(error instanceof Error)) throw error
      const option = error instanceof WrongOption ? error.option : undefined
      return { is: 'wrong', why: error.message, option }
    }
  }
}
