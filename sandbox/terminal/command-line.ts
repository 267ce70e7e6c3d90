import { type APIApplicationCommand, ApplicationCommandOptionType as Type } from 'discord-api-types/v10'
import type { OptionValues } from '../member-client/command-options.ts'
import { type Subcommand, subcommandsOf } from '../member-client/subcommands.ts'
import type { TextContext } from './render-markdown.ts'

/** A command that was typed on one line. */
interface TypedCommand {
  /** Such as `audit recent`. */
  readonly path: string
  readonly values: OptionValues
}

/**
 * Parses a line such as `/audit user user:@alice since:7d`. A value extends to the next option name.
 * @throws Error with a sentence about what is invalid
 */
export function parseCommandLine(
  line: string,
  commands: readonly APIApplicationCommand[],
  context: TextContext,
): TypedCommand {
  const found = findSubcommand(line.trim(), commands)
  if (!found) throw new Error(`There is no command ${line.trim().split(/\s+/).slice(0, 2).join(' ')}`)
  const { path, options, rest = '' } = found
  const names = [...rest.matchAll(/(?<=^|\s)(\w+):/g)].filter(([, word]) =>
    options.some((option) => option.name === word),
  )
  if (rest !== '' && names[0]?.index !== 0) throw new Error('Options are written as name:value')
  const values = names.map(({ 0: match, 1: word = '', index }, at) => {
    const value = rest.slice(index + match.length, names[at + 1]?.index).trim()
    const type = options.find((option) => option.name === word)?.type
    return [word, readValue(type, value, context)] as const
  })
  return { path, values: Object.fromEntries(values) }
}

/**
 * The subcommand that a line begins with, such as `/custos feed add`, and the options after it, undefined before a space
 * follows; undefined if there is no such command.
 */
export function findSubcommand(
  line: string,
  commands: readonly APIApplicationCommand[],
): (Subcommand & { readonly rest: string | undefined }) | undefined {
  for (const subcommand of commands.flatMap(subcommandsOf)) {
    const path = subcommand.path.replaceAll(' ', '\\s+')
    const match = new RegExp(`^\\s*/?${path}(?:\\s+(.*))?$`, 's').exec(line)
    if (match) return { ...subcommand, rest: match[1] }
  }
  return undefined
}

function readValue(
  type: Type | undefined,
  text: string,
  { world, guild }: TextContext,
): string | number | boolean {
  if (type === Type.Integer) return Number(text)
  if (type === Type.Boolean) return /^(true|yes|on|1)$/i.test(text)
  if (type === Type.User)
    return idOf(text, world.users.values(), ({ global_name, username }) => [
      global_name ?? username,
      username,
    ])
  if (type === Type.Role) return idOf(text, guild.roles.values(), ({ name }) => [name])
  if (type === Type.Channel) {
    return idOf(text, [...guild.channels.values(), ...guild.threads.values()], ({ name }) => [name])
  }
  return text
}

function idOf<Entity extends { id: string }>(
  text: string,
  entities: Iterable<Entity>,
  namesOf: (entity: Entity) => string[],
): string {
  const wanted = text.replace(/^[@#]/, '').toLowerCase()
  for (const entity of entities) {
    if (entity.id === wanted || namesOf(entity).some((name) => name.toLowerCase() === wanted))
      return entity.id
  }
  throw new Error(`There is no “${text}” here`)
}
