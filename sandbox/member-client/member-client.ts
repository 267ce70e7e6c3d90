import {
  type APIApplicationCommand,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
  PermissionFlagsBits,
} from 'discord-api-types/v10'
import type { Discord } from '../discord.ts'
import { messagePayload } from '../payloads/message.ts'
import type { Guild } from '../world/guild.ts'
import { Interaction } from '../world/interaction.ts'
import { asString, type JsonObject, jsonObjects } from '../world/json.ts'
import type { Message } from '../world/message.ts'
import { type OptionValues, sentOptions } from './command-options.ts'
import { Reply } from './reply.ts'

/** How long a member waits for a first word before their client says the application did not respond. */
const CLIENT_PATIENCE = 10_000

/** Where a member is, and which bot they talk to. */
interface Place {
  readonly guild: Guild
  readonly channelId: string
  readonly applicationId: string
}

/** A member at their keyboard: they see what Discord would show them, and can do what it would let them do. */
export class MemberClient {
  readonly userId: string
  readonly #discord: Discord
  readonly #place: Place

  constructor(discord: Discord, userId: string, place: Place) {
    this.#discord = discord
    this.userId = userId
    this.#place = place
  }

  /** The commands shown to this member. */
  commands(): APIApplicationCommand[] {
    const { guild, applicationId } = this.#place
    const { commands, guildCommands } = this.#discord.world.application(applicationId)
    const all = [...commands.values(), ...(guildCommands.get(guild.id)?.values() ?? [])]
    return all.filter(({ default_member_permissions: needed }) => {
      if (needed === null) return true
      // “0” hides a command from everybody but administrators.
      return guild.may(this.userId, BigInt(needed) || PermissionFlagsBits.Administrator)
    })
  }

  /**
   * Types a command and waits for its answer.
   * @param path such as `audit recent`
   * @throws Error when the member's client would not let them send it, or nothing answers
   */
  command(path: string, values: OptionValues = {}): Promise<Reply> {
    return this.send(path, values).answered()
  }

  /** Types a command without waiting. */
  send(path: string, values: OptionValues = {}): Reply {
    const command = this.#find(path)
    const { options, resolved } = sentOptions(this.#discord, this.#place.guild, command, path, values)
    return this.#interact(InteractionType.ApplicationCommand, {
      id: command.id,
      name: command.name,
      type: ApplicationCommandType.ChatInput,
      options,
      ...(Object.keys(resolved).length > 0 && { resolved }),
    })
  }

  /** Types into an option and gets what is offered for it. */
  async autocomplete(
    path: string,
    focused: string,
    value: string,
    values: OptionValues = {},
  ): Promise<JsonObject[]> {
    const command = this.#find(path)
    const { options } = sentOptions(
      this.#discord,
      this.#place.guild,
      command,
      path,
      { ...values, [focused]: value },
      focused,
    )
    const data = { id: command.id, name: command.name, type: ApplicationCommandType.ChatInput, options }
    return this.#interact(InteractionType.ApplicationCommandAutocomplete, data).choices()
  }

  /** Uses a command of the menu that opens on a user. */
  userMenu(name: string, userId: string): Promise<Reply> {
    return this.sendUserMenu(name, userId).answered()
  }

  /** The same without waiting. */
  sendUserMenu(name: string, userId: string): Reply {
    const user = this.#discord.world.users.get(userId)
    const { user: _user, ...member } = this.#place.guild.members.get(userId) ?? {}
    return this.#fromMenu(name, ApplicationCommandType.User, userId, {
      users: { [userId]: user },
      ...(Object.keys(member).length > 0 && { members: { [userId]: { ...member, permissions: '0' } } }),
    })
  }

  /** Uses a command of the menu that opens on a message. */
  messageMenu(name: string, message: Message): Promise<Reply> {
    return this.sendMessageMenu(name, message).answered()
  }

  /** The same without waiting. */
  sendMessageMenu(name: string, message: Message): Reply {
    const resolved = { messages: { [message.id]: messagePayload(message) } }
    return this.#fromMenu(name, ApplicationCommandType.Message, message.id, resolved)
  }

  #fromMenu(name: string, type: ApplicationCommandType, targetId: string, resolved: JsonObject): Reply {
    const command = this.commands().find((candidate) => candidate.name === name && candidate.type === type)
    if (!command) throw new Error(`No menu offers “${name}” to this member.`)
    const data = { id: command.id, name, type, target_id: targetId, resolved }
    return this.#interact(InteractionType.ApplicationCommand, data)
  }

  /** Presses the button with this label. */
  click(message: Message, label: string): Promise<Reply> {
    return this.sendClick(message, label).answered()
  }

  /** The same without waiting. */
  sendClick(message: Message, label: string): Reply {
    const button = componentsOf(message).find((component) => component.label === label)
    if (!button) throw new Error(`There is no button “${label}”.`)
    if (button.disabled === true) throw new Error(`The button “${label}” is disabled.`)
    return this.#use(message, { component_type: ComponentType.Button, custom_id: button.custom_id })
  }

  /** Chooses a value in the message's menu. */
  choose(message: Message, value: string): Promise<Reply> {
    return this.sendChoice(message, value).answered()
  }

  /** The same without waiting. */
  sendChoice(message: Message, value: string): Reply {
    const menu = componentsOf(message).find(({ type }) => type === ComponentType.StringSelect)
    const suggested = jsonObjects(menu?.options).some((option) => option.value === value)
    if (!menu || !suggested) throw new Error(`The menu does not offer “${value}”.`)
    if (menu.disabled === true) throw new Error('The menu is disabled.')
    const data = { component_type: ComponentType.StringSelect, custom_id: menu.custom_id, values: [value] }
    return this.#use(message, data)
  }

  /** Sends an interaction with data that no client of Discord's would send. */
  sendOdd(type: InteractionType, data: JsonObject, message?: Message): Reply {
    return this.#interact(type, data, message)
  }

  #use(message: Message, data: JsonObject): Reply {
    if (message.deleted || (message.ephemeralTo !== null && message.ephemeralTo !== this.userId)) {
      throw new Error('This member does not see that message.')
    }
    return this.#interact(InteractionType.MessageComponent, data, message)
  }

  #find(path: string): APIApplicationCommand {
    const command = this.commands().find(({ name }) => name === path.split(' ')[0])
    if (!command) throw new Error(`No command /${path} is shown to this member.`)
    return command
  }

  /** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object */
  #interact(type: InteractionType, data: JsonObject, source?: Message): Reply {
    const { world, conversation, gateway } = this.#discord
    const { guild, channelId, applicationId } = this.#place
    const interaction = new Interaction({
      id: world.newId(),
      type,
      token: `token-${crypto.randomUUID()}`,
      applicationId,
      userId: this.userId,
      guildId: guild.id,
      channelId,
      createdAt: world.now(),
      source,
    })
    conversation.open(interaction)
    const channel = guild.channels.get(channelId) ?? guild.threads.get(channelId)
    const permissions = String(guild.permissionsOf(this.userId))
    gateway.sendInteraction(applicationId, guild.id, {
      id: interaction.id,
      token: interaction.token,
      application_id: applicationId,
      type,
      version: 1,
      data,
      guild_id: guild.id,
      guild: { id: guild.id, locale: 'en-US', features: [] },
      channel_id: channelId,
      channel: { ...channel, permissions },
      member: { ...guild.members.get(this.userId), permissions },
      app_permissions: String(guild.permissionsOf(applicationId)),
      locale: 'en-US',
      guild_locale: 'en-US',
      entitlements: [],
      authorizing_integration_owners: { '0': guild.id },
      context: 0,
      attachment_size_limit: this.#discord.fileLimit,
      ...(source && { message: messagePayload(source) }),
    })
    return new Reply(interaction, CLIENT_PATIENCE)
  }
}

function componentsOf({ body }: Message): JsonObject[] {
  return jsonObjects(body.components).flatMap((row) => jsonObjects(row.components))
}

/** The labels of the buttons a message has, and whether each can be pressed. */
export function buttonsOf(message: Message): { label: string; disabled: boolean }[] {
  return componentsOf(message).flatMap(({ type, label, disabled }) =>
    type === ComponentType.Button ? [{ label: asString(label) ?? '', disabled: disabled === true }] : [],
  )
}

/** The choices in a message's menu. */
export function choicesOf(message: Message): JsonObject[] {
  return componentsOf(message).flatMap(({ options }) => jsonObjects(options))
}
