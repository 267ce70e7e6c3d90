import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType as Type,
} from 'discord-api-types/v10'
import type { Discord } from '../discord.ts'
import type { Guild } from '../world/guild.ts'
import type { JsonObject } from '../world/json.ts'
import { subcommandsOf } from './subcommands.ts'

/** The option values a member entered, by option name. Users, channels and roles are given by id. */
export type OptionValues = Readonly<Record<string, string | number | boolean>>

/** A client does not send the command because of one option, which it marks. */
export class InvalidOption extends Error {
  override readonly name = 'InvalidOption'
  readonly option: string

  constructor(option: string, why: string) {
    super(`The option “${option}” ${why}.`)
    this.option = option
  }
}

type Resolved = Record<string, Record<string, unknown>>

/**
 * Checks option values as a client does, and returns them as a client sends them.
 * @param focused the option that is still being typed, for autocomplete
 * @throws InvalidOption if a client would not send the command
 */
export function sentOptions(
  discord: Discord,
  guild: Guild,
  command: APIApplicationCommand,
  path: string,
  values: OptionValues,
  focused?: string,
): { options: JsonObject[]; resolved: Resolved } {
  const subcommand = subcommandsOf(command).find((each) => each.path === path)
  if (!subcommand) throw new Error(`There is no command /${path}.`)
  const defined = new Map(subcommand.options.map((option) => [option.name, option]))
  for (const option of defined.values()) {
    if (option.required && values[option.name] === undefined && focused === undefined) {
      throw new InvalidOption(option.name, 'is required')
    }
  }
  const resolved: Resolved = {}
  const options = Object.entries(values).map(([key, value]) => {
    const option = defined.get(key)
    if (!option) throw new Error(`/${path} has no option “${key}”.`)
    if (key !== focused) check(guild, option, value)
    else if (!('autocomplete' in option && option.autocomplete)) {
      throw new InvalidOption(key, 'has no autocomplete')
    }
    resolve(discord, guild, option.type, String(value), resolved)
    return { name: key, type: option.type, value, ...(key === focused && { focused: true }) }
  })
  return { options: nested(path, options), resolved }
}

/** The options of a subcommand as a client sends them: in it, and it in its group if it has one. */
function nested(path: string, options: readonly JsonObject[]): JsonObject[] {
  const [, ...names] = path.split(' ')
  const [subcommand, group] = names.toReversed()
  const chosen = { name: subcommand, type: Type.Subcommand, options }
  return group === undefined ? [chosen] : [{ name: group, type: Type.SubcommandGroup, options: [chosen] }]
}

/** Option types whose value is an id. */
const SENT_AS_ID: Partial<Record<Type, string>> = {
  [Type.User]: 'user',
  [Type.Channel]: 'channel',
  [Type.Role]: 'role',
}

function check(guild: Guild, option: APIApplicationCommandOption, value: string | number | boolean): void {
  const invalid = (why: string) => new InvalidOption(option.name, why)
  if (option.type === Type.Integer || option.type === Type.Number) {
    if (typeof value !== 'number') throw invalid('must be a number')
    if (option.type === Type.Integer && !Number.isInteger(value)) throw invalid('must be a whole number')
    const { min_value, max_value } = 'min_value' in option || 'max_value' in option ? option : {}
    if (min_value !== undefined && value < min_value) throw invalid(`must be at least ${min_value}`)
    if (max_value !== undefined && value > max_value) throw invalid(`must be at most ${max_value}`)
  }
  if (option.type === Type.Boolean && typeof value !== 'boolean') throw invalid('must be true or false')
  const entity = SENT_AS_ID[option.type]
  if (entity && !/^\d{15,21}$/.test(String(value))) throw invalid(`must be a ${entity}`)
  if (option.type === Type.Channel && option.channel_types) {
    const channel = channelOf(guild, String(value))
    if (channel && !option.channel_types.some((type) => type === channel.type))
      throw invalid('must be a channel of a type that it takes')
  }
  if (option.type !== Type.String) return
  if (typeof value !== 'string') throw invalid('must be text')
  if ('min_length' in option && option.min_length !== undefined && value.length < option.min_length) {
    throw invalid(`must have at least ${option.min_length} characters`)
  }
  if ('max_length' in option && option.max_length !== undefined && value.length > option.max_length) {
    throw invalid(`must have at most ${option.max_length} characters`)
  }
  const choices = 'choices' in option ? option.choices : undefined
  if (choices && !choices.some((choice) => choice.value === value))
    throw invalid('must be one of its choices')
}

/** Adds the object behind an id, with the fields that Discord sends. */
function resolve(discord: Discord, guild: Guild, type: Type, id: string, resolved: Resolved): void {
  const add = (key: string, entity: object | undefined) => {
    if (entity) resolved[key] = { ...resolved[key], [id]: entity }
  }
  if (type === Type.User || type === Type.Mentionable) {
    add('users', discord.world.users.get(id))
    const member = guild.members.get(id)
    if (member) {
      const { user: _user, deaf: _deaf, mute: _mute, ...partial } = member
      add('members', { ...partial, permissions: String(guild.permissionsOf(id)) })
    }
  }
  if (type === Type.Role || type === Type.Mentionable) add('roles', guild.roles.get(id))
  if (type !== Type.Channel) return
  const channel = channelOf(guild, id)
  if (channel) add('channels', { ...channel, permissions: '0' })
}

function channelOf(guild: Guild, id: string) {
  return guild.channels.get(id) ?? guild.threads.get(id)
}
