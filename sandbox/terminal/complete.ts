import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType as Type,
} from 'discord-api-types/v10'
import type { MemberClient } from '../member-client/member-client.ts'
import { subcommandsOf } from '../member-client/subcommands.ts'
import { asString } from '../world/json.ts'
import { findSubcommand, parseCommandLine } from './command-line.ts'
import type { TextContext } from './render-markdown.ts'

/** The completions of a line, and the part of the line that they replace. */
type Completion = [hits: string[], typed: string]

/** Completes commands, option names, and option values, those with the bot's autocomplete. */
export async function complete(
  line: string,
  client: MemberClient,
  context: TextContext,
): Promise<Completion> {
  const commands = client.commands()
  const found = findSubcommand(line, commands)
  if (found?.rest === undefined) return completePath(line, commands)
  const { options, rest } = found
  const [, optionName = '', typed = ''] = /(?<=^|\s)(\w+):([^:]*)$/.exec(rest) ?? []
  const option = options.find((candidate) => candidate.name === optionName)
  if (option && !typed.endsWith(' ')) {
    const before = line.slice(0, line.length - typed.length - optionName.length - 1)
    return startingWith(typed, await valuesFor(option, typed, before, client, context))
  }
  const given = new Set([...rest.matchAll(/(?<=^|\s)(\w+):/g)].map(([, word]) => word))
  const left = options.filter((candidate) => !given.has(candidate.name))
  return startingWith(
    /\S*$/.exec(rest)?.[0] ?? '',
    left.map((candidate) => `${candidate.name}:`),
  )
}

/** Completes the next word of a command's name. */
function completePath(line: string, commands: readonly APIApplicationCommand[]): Completion {
  const words = line.replace(/^\//, '').split(/\s+/)
  const before = words.slice(0, -1)
  const next = commands.flatMap(subcommandsOf).flatMap(({ path }) => {
    const names = path.split(' ')
    const fits = before.every((word, index) => names[index] === word)
    return fits ? (names[before.length] ?? []) : []
  })
  const hits = [...new Set(next)].map((name) => `${name} `)
  if (before.length > 0) return startingWith(words.at(-1) ?? '', hits)
  return startingWith(
    line,
    hits.map((name) => `/${name}`),
  )
}

async function valuesFor(
  option: APIApplicationCommandBasicOption,
  typed: string,
  before: string,
  client: MemberClient,
  { world, guild }: TextContext,
): Promise<string[]> {
  if (option.type === Type.Boolean) return ['true', 'false']
  if (option.type === Type.Channel) return [...guild.channels.values()].map((channel) => `#${channel.name}`)
  if (option.type === Type.Role) return [...guild.roles.values()].map((role) => `@${role.name}`)
  if (option.type === Type.User) {
    return [...world.users.values()].map((user) => `@${user.global_name ?? user.username}`)
  }
  if ('choices' in option && option.choices) return option.choices.map(({ value }) => String(value))
  if (!('autocomplete' in option) || !option.autocomplete) return []
  const { path, values } = parseCommandLine(before, client.commands(), { world, guild })
  const choices = await client.autocomplete(path, option.name, typed, values)
  return choices.map(({ value }) => asString(value) ?? '')
}

/** The completions that start with what is typed; all of them if none does, so that they are listed. */
function startingWith(typed: string, all: readonly string[]): Completion {
  const hits = all.filter((each) => each.toLowerCase().startsWith(typed.toLowerCase()))
  return [hits.length > 0 ? hits : [...all], typed]
}
