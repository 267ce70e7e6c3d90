import { InvalidOption } from '../member-client/command-options.ts'
import type { MemberClient } from '../member-client/member-client.ts'
import type { Reply } from '../member-client/reply.ts'
import { InvalidInput } from '../member-client/submit-modal.ts'
import type { Town } from '../town/town.ts'
import { asString } from '../world/json.ts'
import type { Message } from '../world/message.ts'
import type { Modal } from '../world/modal.ts'
import { DONE, type RequestResult, type Requests } from './protocol.ts'
import type { UsedCommand } from './state/page-state.ts'

/** How long a client waits for the first response, in milliseconds. */
const TIMEOUT = 3000

/** Carries out what members do on the page, through their clients. */
export class MemberRequests {
  /** The command that a message answers, by message id. */
  readonly commandOf = new Map<string, UsedCommand>()
  /** The modals that pages have shown, by id. */
  readonly #modals = new Map<string, Modal>()
  readonly #town: Town

  constructor(town: Town) {
    this.#town = town
  }

  command({ as, channel, path, values }: Requests['command']): Promise<RequestResult> {
    const used: UsedCommand = { by: as, command: path, kind: 'slash', target: undefined }
    return this.#send(() => this.#client({ as, channel }).send(path, values), used)
  }

  async autocomplete(request: Requests['autocomplete']): Promise<RequestResult> {
    const { path, option, text, values } = request
    try {
      const choices = await this.#client(request).autocomplete(path, option, text, values)
      return {
        type: 'choices',
        choices: choices.map(({ name, value }) => ({
          name: asString(name) ?? '',
          value: typeof value === 'number' ? value : (asString(value) ?? ''),
        })),
      }
    } catch {
      // Without a response a client shows no choices.
      return { type: 'choices', choices: [] }
    }
  }

  menuOnUser({ as, channel, name, target }: Requests['menuOnUser']): Promise<RequestResult> {
    const used: UsedCommand = { by: as, command: name, kind: 'user', target }
    return this.#send(() => this.#client({ as, channel }).sendUserMenu(name, target), used)
  }

  menuOnMessage({ as, channel, name, target }: Requests['menuOnMessage']): Promise<RequestResult> {
    const message = this.#message(target)
    const used: UsedCommand = { by: as, command: name, kind: 'message', target: message.author.id }
    return this.#send(() => this.#client({ as, channel }).sendMessageMenu(name, message), used)
  }

  button({ message, label, ...sender }: Requests['button']): Promise<RequestResult> {
    return this.#send(() => this.#client(sender).sendClick(this.#message(message), label))
  }

  choice({ message, value, ...sender }: Requests['choice']): Promise<RequestResult> {
    return this.#send(() => this.#client(sender).sendChoice(this.#message(message), value))
  }

  submit({ modal: id, texts, ...sender }: Requests['submit']): Promise<RequestResult> {
    return this.#send(() => {
      const modal = this.#modals.get(id)
      if (!modal) throw new Error('That dialog is no longer open')
      return this.#client(sender).sendSubmit(modal, texts)
    })
  }

  say({ as, channel, text }: Requests['say']): RequestResult {
    const author = this.#town.discord.world.users.get(as)
    if (author) this.#town.discord.conversation.postAs(channel, author, text)
    return DONE
  }

  /** Deletes a message. Only its author and members with Manage Messages may. */
  remove({ as, message: id }: Requests['remove']): RequestResult {
    try {
      this.#town.as(as).delete(this.#message(id))
      return DONE
    } catch (error) {
      return { type: 'rejected', message: error instanceof Error ? error.message : String(error) }
    }
  }

  #client({ as, channel }: { as: string; channel: string }): MemberClient {
    return this.#town.as(as, channel)
  }

  #message(id: string): Message {
    const message = this.#town.discord.conversation.messages.get(id)
    if (!message || message.deleted) throw new Error('That message was deleted')
    return message
  }

  /** Sends an interaction and waits for the first response, as a client does. */
  async #send(send: () => Reply, used?: UsedCommand): Promise<RequestResult> {
    try {
      const { interaction } = send()
      const first = Promise.withResolvers<RequestResult>()
      const timeout = setTimeout(() => first.resolve({ type: 'unanswered' }), TIMEOUT)
      interaction.watch(() => {
        for (const outcome of interaction.outcomes) {
          if (used && 'message' in outcome) this.commandOf.set(outcome.message.id, used)
        }
        const [outcome] = interaction.outcomes
        if (outcome && interaction.outcomes.length === 1)
          first.resolve(outcome.type === 'modal' ? this.#open(outcome.modal) : DONE)
      })
      const result = await first.promise
      clearTimeout(timeout)
      return result
    } catch (error) {
      if (!(error instanceof Error)) throw error
      return { type: 'rejected', message: error.message, option: markedBy(error) }
    }
  }

  /** Has the page show a modal. */
  #open(modal: Modal): RequestResult {
    const id = this.#town.discord.world.newId()
    this.#modals.set(id, modal)
    return { type: 'modal', modal: { id, title: modal.title, inputs: modal.inputs } }
  }
}

/** The option or input that a client marks because of an error. */
function markedBy(error: Error): string | undefined {
  if (error instanceof InvalidOption) return error.option
  return error instanceof InvalidInput ? error.input : undefined
}
