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
  if (found?.rest === undefined) return completeWord(line, commands)
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

/** Completes a word of a command's path. */
function completeWord(line: string, commands: readonly APIApplicationCommand[]): Completion {
  const words = line.replace(/^\//, '').split(/\s+/)
  const [typed = ''] = words.splice(-1)
  const paths = commands.flatMap(subcommandsOf).map(({ path }) => path.split(' '))
  const possible = paths.filter((path) => words.every((word, index) => path[index] === word))
  const next = [...new Set(possible.flatMap((path) => path.slice(words.length, words.length + 1)))]
  return words.length === 0
    ? startingWith(
        line,
        next.map((word) => `/${word} `),
      )
    : startingWith(
        typed,
        next.map((word) => `${word} `),
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
