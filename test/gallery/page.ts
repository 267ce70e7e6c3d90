import { stripVTControlCharacters } from 'node:util'
import { type APIApplicationCommandOption, ApplicationCommandOptionType as Type } from 'discord-api-types/v10'
import { parseCommandLine } from '../../sandbox/terminal/command-line.ts'
import { renderMessage } from '../../sandbox/terminal/render-message.ts'
import type { Message } from '../../sandbox/world/message.ts'
import type { OpenCustos } from '../support/open-custos.ts'

/** The width of a drawn reply, in characters. */
const COLUMNS = 96

/** Bidirectional isolates are invisible, and GitHub warns about files that contain them. */
const ISOLATES = /[\u2066-\u2069]/g

/** A reply as a terminal shows it, below the command or menu it answers. */
export function shown({ discord, town }: OpenCustos, request: string, message: Message): string {
  const drawn = renderMessage(message, { world: discord.world, guild: town.guild }, COLUMNS)
  const lines = stripVTControlCharacters(drawn).replace(ISOLATES, '').split('\n')
  return `\`\`\`\n${[request, '', ...lines].map((line) => line.trimEnd()).join('\n')}\n\`\`\``
}

/** Types a line as the first moderator, and returns the reply. */
export async function typed({ discord, moderator, town }: OpenCustos, line: string): Promise<Message> {
  const context = { world: discord.world, guild: town.guild }
  const { path, values } = parseCommandLine(line, moderator.commands(), context)
  return (await moderator.command(path, values)).message
}

interface Subcommand {
  /** Such as `audit recent`. */
  readonly path: string
  readonly options: readonly {
    readonly name: string
    readonly description: string
    readonly required: boolean
  }[]
}

/** The subcommands as they are registered with Discord. */
export function subcommandsOf({ moderator }: OpenCustos): Subcommand[] {
  return moderator
    .commands()
    .flatMap(({ name, options = [] }) => options.flatMap((option) => within(name, option)))
}

function within(path: string, option: APIApplicationCommandOption): Subcommand[] {
  const own = `${path} ${option.name}`
  if (option.type === Type.SubcommandGroup) return (option.options ?? []).flatMap((each) => within(own, each))
  if (option.type !== Type.Subcommand) return []
  const options = (option.options ?? []).map(({ name, description, required = false }) => ({
    name,
    description,
    required,
  }))
  return [{ path: own, options }]
}

/** The options of a command, required ones first. */
export function optionsLine({ options }: Subcommand): string {
  const names = options.map(({ name, required }) => (required ? `**\`${name}\`** (required)` : `\`${name}\``))
  return `Options: ${names.join(', ')}.`
}

/** Every option once for each description that Discord shows. */
export function optionsTable(subcommands: readonly Subcommand[]): string {
  const byName = Map.groupBy(
    subcommands.flatMap(({ options }) => options),
    ({ name }) => name,
  )
  const rows = [...byName].flatMap(([name, options]) =>
    [...new Set(options.map(({ description }) => description))].map(
      (description) => `| \`${name}\` | ${description} |`,
    ),
  )
  return ['| option | description |', '|---|---|', ...rows].join('\n')
}
