import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType as Type,
} from 'discord-api-types/v10'
import type { OptionValues } from '../member-client/command-options.ts'
import type { TextContext } from './styled-text.ts'

/** A command as it stands on a typed line. */
export interface TypedCommand {
  /** Such as `audit recent`. */
  readonly path: string
  readonly values: OptionValues
}

/**
 * Reads `/audit user user:@alice since:7d`. A value goes on to the next name of an option.
 * @throws Error that says what cannot be understood
 */
export function parseCommandLine(
  line: string,
  commands: readonly APIApplicationCommand[],
  place: TextContext,
): TypedCommand {
  const [, name = '', subName = '', rest = ''] = /^\/(\S*)\s*(\S*)\s*(.*)$/s.exec(line.trim()) ?? []
  const options = optionsOf(commands, name, subName)
  if (!options) throw new Error(`There is no command /${name} ${subName}`.trimEnd())
  const names = [...rest.matchAll(/(?<=^|\s)(\w+):/g)].filter(([, word]) =>
    options.some((option) => option.name === word),
  )
  if (rest !== '' && names[0]?.index !== 0) throw new Error('Options are written as name:value')
  const values = names.map(({ 0: node, 1: word = '', index }, at) => {
    const value = rest.slice(index + node.length, names[at + 1]?.index).trim()
    const type = options.find((option) => option.name === word)?.type
    return [word, readValue(type, value, place)] as const
  })
  return { path: `${name} ${subName}`, values: Object.fromEntries(values) }
}

/** The options of a subcommand; undefined when there is no such command. */
export function optionsOf(
  commands: readonly APIApplicationCommand[],
  name: string,
  subName: string,
): readonly APIApplicationCommandBasicOption[] | undefined {
  const command = commands.find((candidate) => candidate.name === name)
  const subcommand = command?.options?.find((option) => option.name === subName)
  return subcommand?.type === Type.Subcommand ? (subcommand.options ?? []) : undefined
}

function readValue(
  type: Type | undefined,
  text: string,
  { world, guild }: TextContext,
): string | number | boolean {
  if (type === Type.Integer) return Number(text)
  if (type === Type.Boolean) return /^(true|yes|on|1)$/i.test(text)
  if (type === Type.User)
    return named(text, world.users.values(), ({ global_name, username }) => [
      global_name ?? username,
      username,
    ])
  if (type === Type.Role) return named(text, guild.roles.values(), ({ name }) => [name])
  if (type === Type.Channel) {
    return named(text, [...guild.channels.values(), ...guild.threads.values()], ({ name }) => [name])
  }
  return text
}

function named<Thing extends { id: string }>(
  text: string,
  things: Iterable<Thing>,
  namesOf: (thing: Thing) => string[],
): string {
  const wanted = text.replace(/^[@#]/, '').toLowerCase()
  for (const thing of things) {
    if (thing.id === wanted || namesOf(thing).some((name) => name.toLowerCase() === wanted)) return thing.id
  }
  throw new Error(`Nobody and nothing here is called “${text}”`)
}
