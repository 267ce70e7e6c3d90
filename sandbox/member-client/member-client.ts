import {
  type APIApplicationCommand,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
  PermissionFlagsBits,
} from 'discord-api-types/v10'
import { deleteMessage } from '../actions/messages.ts'
import type { Discord } from '../discord.ts'
import { messagePayload } from '../payloads/message.ts'
import { mayView } from '../world/access.ts'
import { type JsonObject, jsonObjects } from '../world/json.ts'
import type { Message } from '../world/message.ts'
import type { Modal } from '../world/modal.ts'
import { type OptionValues, sentOptions } from './command-options.ts'
import { componentsOf } from './components.ts'
import { Reply } from './reply.ts'
import { type ClientLocation, sendInteraction } from './send-interaction.ts'
import { submittedModal } from './submit-modal.ts'

/**
 * A member's Discord client: shows what Discord would show them, and lets them do what it would let them do. Methods
 * that start with `send` do not wait for the answer.
 */
export class MemberClient {
  readonly userId: string
  readonly #discord: Discord
  readonly #location: ClientLocation

  constructor(discord: Discord, userId: string, location: ClientLocation) {
    this.#discord = discord
    this.userId = userId
    this.#location = location
  }

  /** The commands that this member sees. */
  commands(): APIApplicationCommand[] {
    const { guild, applicationId } = this.#location
    const { commands, guildCommands, commandPermissions } = this.#discord.world.application(applicationId)
    const all = [...commands.values(), ...(guildCommands.get(guild.id)?.values() ?? [])]
    const permissions = commandPermissions.get(guild.id)
    const roles = guild.members.get(this.userId)?.roles ?? []
    return all.filter(({ id, default_member_permissions: needed }) => {
      // What the guild's admins have set for the member, or for one of their roles, counts before the default.
      const given = permissions?.get(id) ?? permissions?.get(applicationId) ?? []
      const own = given.find((each) => each.id === this.userId)
      const ofRole = given.some((each) => each.permission && roles.includes(each.id))
      if (own?.permission ?? ofRole) return true
      if (needed === null) return true
      // “0” hides a command from everyone except administrators.
      return guild.may(this.userId, BigInt(needed) || PermissionFlagsBits.Administrator)
    })
  }

  /**
   * Runs a command and waits for its answer.
   * @param path such as `audit recent`
   * @throws Error if the member's client would not send the command, or if nothing answers
   */
  command(path: string, values: OptionValues = {}): Promise<Reply> {
    return this.send(path, values).answered()
  }

  send(path: string, values: OptionValues = {}): Reply {
    const command = this.#findCommand(path)
    const { options, resolved } = sentOptions(this.#discord, this.#location.guild, command, path, values)
    return this.#interact(InteractionType.ApplicationCommand, {
      id: command.id,
      name: command.name,
      type: ApplicationCommandType.ChatInput,
      options,
      ...(Object.keys(resolved).length > 0 && { resolved }),
    })
  }

  /**
   * Types into an option and returns the choices that the bot offers.
   * @param focused the name of the option
   * @param value what is typed into it
   * @param values the values of the other options
   */
  async autocomplete(
    path: string,
    focused: string,
    value: string,
    values: OptionValues = {},
  ): Promise<JsonObject[]> {
    const command = this.#findCommand(path)
    const typed = { ...values, [focused]: value }
    const { options } = sentOptions(this.#discord, this.#location.guild, command, path, typed, focused)
    const data = { id: command.id, name: command.name, type: ApplicationCommandType.ChatInput, options }
    return this.#interact(InteractionType.ApplicationCommandAutocomplete, data).choices()
  }

  /** Uses a command of a user's context menu. */
  userMenu(name: string, userId: string): Promise<Reply> {
    return this.sendUserMenu(name, userId).answered()
  }

  sendUserMenu(name: string, userId: string): Reply {
    const user = this.#discord.world.users.get(userId)
    const { user: _user, ...member } = this.#location.guild.members.get(userId) ?? {}
    return this.#sendMenuCommand(name, ApplicationCommandType.User, userId, {
      users: { [userId]: user },
      ...(Object.keys(member).length > 0 && { members: { [userId]: { ...member, permissions: '0' } } }),
    })
  }

  /** Uses a command of a message's context menu. */
  messageMenu(name: string, message: Message): Promise<Reply> {
    return this.sendMessageMenu(name, message).answered()
  }

  sendMessageMenu(name: string, message: Message): Reply {
    const resolved = { messages: { [message.id]: messagePayload(message) } }
    return this.#sendMenuCommand(name, ApplicationCommandType.Message, message.id, resolved)
  }

  /** The messages that this member sees in a channel, oldest first. */
  messagesIn(channelId: string): Message[] {
    const { guild } = this.#location
    const channel = guild.channels.get(channelId) ?? guild.threads.get(channelId)
    const maySee = channel !== undefined && mayView(guild, this.userId, channel)
    return maySee ? this.#discord.conversation.messagesIn(channelId) : []
  }

  /**
   * Deletes a message, which is logged unless it is the member's own.
   * @throws Error if the member's client would not offer that
   */
  delete(message: Message): void {
    const { guild } = this.#location
    const isOwn = message.author.id === this.userId
    if (!isOwn && !guild.may(this.userId, PermissionFlagsBits.ManageMessages)) {
      throw new Error('You may not delete messages of other members.')
    }
    const { world, conversation } = this.#discord
    conversation.delete(message)
    deleteMessage({ world, guild, actorId: this.userId }, message.channelId, message.author.id)
  }

  /** Clicks the button with this label. */
  click(message: Message, label: string): Promise<Reply> {
    return this.sendClick(message, label).answered()
  }

  sendClick(message: Message, label: string): Reply {
    const button = componentsOf(message).find((component) => component.label === label)
    if (!button) throw new Error(`There is no button “${label}”.`)
    if (button.disabled === true) throw new Error(`The button “${label}” is disabled.`)
    return this.#useComponent(message, { component_type: ComponentType.Button, custom_id: button.custom_id })
  }

  /** Clicks a button that opens a modal, and waits for the modal. Dismissing it sends nothing. */
  async openModal(message: Message, label: string): Promise<Modal> {
    const modal = await this.sendClick(message, label).modal()
    if (!modal) throw new Error(`The button “${label}” opened no modal.`)
    return modal
  }

  /**
   * Submits a modal and waits for its answer.
   * @param text what is typed into its first input
   */
  submit(modal: Modal, text: string): Promise<Reply> {
    return this.sendSubmit(modal, { [modal.inputs[0]?.customId ?? '']: text }).answered()
  }

  /**
   * @param texts what is typed, by the custom ids of the inputs
   * @throws InvalidInput if a client would not submit it
   */
  sendSubmit(modal: Modal, texts: Readonly<Record<string, string>>): Reply {
    return this.#interact(InteractionType.ModalSubmit, submittedModal(modal, texts), modal.source)
  }

  /** Chooses a value in the message's select menu. */
  choose(message: Message, value: string): Promise<Reply> {
    return this.sendChoice(message, value).answered()
  }

  sendChoice(message: Message, value: string): Reply {
    const menu = componentsOf(message).find(({ type }) => type === ComponentType.StringSelect)
    const exists = jsonObjects(menu?.options).some((option) => option.value === value)
    if (!menu || !exists) throw new Error(`The menu has no option “${value}”.`)
    if (menu.disabled === true) throw new Error('The menu is disabled.')
    const data = { component_type: ComponentType.StringSelect, custom_id: menu.custom_id, values: [value] }
    return this.#useComponent(message, data)
  }

  /** Sends an interaction with data that no Discord client would send. */
  sendOdd(type: InteractionType, data: JsonObject, message?: Message): Reply {
    return this.#interact(type, data, message)
  }

  #sendMenuCommand(
    name: string,
    type: ApplicationCommandType,
    targetId: string,
    resolved: JsonObject,
  ): Reply {
    const command = this.commands().find((candidate) => candidate.name === name && candidate.type === type)
    if (!command) throw new Error(`This member sees no menu command “${name}”.`)
    const data = { id: command.id, name, type, target_id: targetId, resolved }
    return this.#interact(InteractionType.ApplicationCommand, data)
  }

  #useComponent(message: Message, data: JsonObject): Reply {
    if (message.deleted || (message.ephemeralTo !== null && message.ephemeralTo !== this.userId)) {
      throw new Error('This member does not see that message.')
    }
    const { channels, threads } = this.#location.guild
    const channel = channels.get(message.channelId) ?? threads.get(message.channelId)
    if (channel && !mayView(this.#location.guild, this.userId, channel)) {
      throw new Error('This member does not see that message.')
    }
    return this.#interact(InteractionType.MessageComponent, data, message)
  }

  #findCommand(path: string): APIApplicationCommand {
    const command = this.commands().find(({ name }) => name === path.split(' ')[0])
    if (!command) throw new Error(`This member sees no command /${path}.`)
    return command
  }

  #interact(type: InteractionType, data: JsonObject, source?: Message): Reply {
    const channelId = source?.channelId ?? this.#location.channelId
    const location = { ...this.#location, channelId }
    return new Reply(sendInteraction(this.#discord, this.userId, location, { type, data, source }))
  }
}
