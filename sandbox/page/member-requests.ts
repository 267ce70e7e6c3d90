import { PermissionFlagsBits } from 'discord-api-types/v10'
import { deleteMessage } from '../actions/messages.ts'
import { InvalidOption } from '../member-client/command-options.ts'
import type { MemberClient } from '../member-client/member-client.ts'
import type { Reply } from '../member-client/reply.ts'
import type { Town } from '../town/town.ts'
import { asString } from '../world/json.ts'
import type { Message } from '../world/message.ts'
import type { RequestResult, Requests } from './protocol.ts'
import type { UsedCommand } from './state/page-state.ts'

/** How long a client waits for a first word, in milliseconds. */
const PATIENCE = 3000

const DONE: RequestResult = { type: 'done' }

/** What members do at their keyboards, through the sandbox's operator, and which command each answer is for. */
export class MemberRequests {
  /** By the message that answers. */
  readonly commandOf = new Map<string, UsedCommand>()
  readonly #town: Town

  constructor(town: Town) {
    this.#town = town
  }

  command({ as, channel, path, values }: Requests['command']): Promise<RequestResult> {
    const used: UsedCommand = { by: as, command: path, of: 'slash', target: undefined }
    return this.#sent(() => this.#seat({ as, channel }).send(path, values), used)
  }

  async autocomplete({
    as,
    channel,
    path,
    option,
    text: typed,
    values,
  }: Requests['autocomplete']): Promise<RequestResult> {
    try {
      const choices = await this.#seat({ as, channel }).autocomplete(path, option, typed, values)
      return {
        type: 'choices',
        choices: choices.map(({ name, value }) => ({
          name: asString(name) ?? '',
          value: typeof value === 'number' ? value : (asString(value) ?? ''),
        })),
      }
    } catch {
      // A client shows no choices when none come.
      return { type: 'choices', choices: [] }
    }
  }

  menuOnUser({ as, channel, name, target }: Requests['menuOnUser']): Promise<RequestResult> {
    const used: UsedCommand = { by: as, command: name, of: 'user', target }
    return this.#sent(() => this.#seat({ as, channel }).sendUserMenu(name, target), used)
  }

  menuOnMessage({ as, channel, name, target }: Requests['menuOnMessage']): Promise<RequestResult> {
    const message = this.#message(target)
    const used: UsedCommand = { by: as, command: name, of: 'message', target: message.author.id }
    return this.#sent(() => this.#seat({ as, channel }).sendMessageMenu(name, message), used)
  }

  button({ message, label, ...seat }: Requests['button']): Promise<RequestResult> {
    return this.#sent(() => this.#seat(seat).sendClick(this.#message(message), label))
  }

  choice({ message, value, ...seat }: Requests['choice']): Promise<RequestResult> {
    return this.#sent(() => this.#seat(seat).sendChoice(this.#message(message), value))
  }

  say({ as, channel, text: content }: Requests['say']): RequestResult {
    const author = this.#town.discord.world.users.get(as)
    if (author) this.#town.discord.conversation.postAs(channel, author, content)
    return DONE
  }

  /** Deletes a message, as its author may, or one who may manage messages. */
  remove({ as, message: id }: Requests['remove']): RequestResult {
    const { guild, discord } = this.#town
    const message = this.#message(id)
    if (message.author.id !== as && !guild.may(as, PermissionFlagsBits.ManageMessages)) {
      return { type: 'wrong', why: 'You may not delete what others wrote.' }
    }
    discord.conversation.delete(message)
    deleteMessage({ world: discord.world, guild, actorId: as }, message.channelId, message.author.id)
    return DONE
  }

  #seat({ as, channel }: { as: string; channel: string }): MemberClient {
    return this.#town.as(as, channel)
  }

  #message(id: string): Message {
    const message = this.#town.discord.conversation.messages.get(id)
    if (!message || message.deleted) throw new Error('That message is gone')
    return message
  }

  /** Sends an interaction and waits for a first word, as a client does. */
  async #sent(send: () => Reply, used?: UsedCommand): Promise<RequestResult> {
    try {
      const { interaction } = send()
      const first = Promise.withResolvers<RequestResult>()
      const late = setTimeout(() => first.resolve({ type: 'unanswered' }), PATIENCE)
      interaction.watch(() => {
        for (const outcome of interaction.outcomes) {
          if (used && 'message' in outcome) this.commandOf.set(outcome.message.id, used)
        }
        if (interaction.outcomes.length > 0) first.resolve(DONE)
      })
      const answer = await first.promise
      clearTimeout(late)
      return answer
    } catch (error) {
      if (!(error instanceof Error)) throw error
      const option = error instanceof InvalidOption ? error.option : undefined
      return { type: 'wrong', why: error.message, option }
    }
  }
}
