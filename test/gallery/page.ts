import { stripVTControlCharacters } from 'node:util'
import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10'
import { parseCommandLine } from '../../sandbox/terminal/command-line.ts'
import { renderMessage } from '../../sandbox/terminal/render-message.ts'
import type { Message } from '../../sandbox/world/message.ts'
import type { OpenCustos } from '../support/open-custos.ts'

/** How wide a reply is drawn. */
const COLUMNS = 96

/** What keeps right-to-left text apart is not seen, and sets off GitHub's warning about text that is turned round. */
const ISOLATES = /[\u2066-\u2069]/g

/** A reply as a terminal shows it, below what was done for it. */
export function shown({ discord, town }: OpenCustos, did: string, message: Message): string {
  const drawn = renderMessage(message, { world: discord.world, guild: town.guild }, COLUMNS)
  const lines = stripVTControlCharacters(drawn).replace(ISOLATES, '').split('\n')
  return `\`\`\`\n${[did, '', ...lines].map((line) => line.trimEnd()).join('\n')}\n\`\`\``
}

/** Types a line, as the first moderator, and gives the reply. */
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

/** The subcommands as Discord holds them. */
export function subcommandsOf({ moderator }: OpenCustos): Subcommand[] {
  return moderator.commands().flatMap(({ name, options = [] }) =>
    options.flatMap((option) => {
      if (option.type !== Type.Subcommand) return []
      const taken = (option.options ?? []).map(({ required = false, ...each }) => ({
        name: each.name,
        description: each.description,
        required,
      }))
      return [{ path: `${name} ${option.name}`, options: taken }]
    }),
  )
}

/** The options of a command, those it has to be given first. */
export function optionsLine({ options }: Subcommand): string {
  const names = options.map(({ name, required }) => (required ? `**\`${name}\`** (required)` : `\`${name}\``))
  return `Options: ${names.join(', ')}.`
}

/** Every option once, as it is described where it is typed. */
export function optionsTable(subcommands: readonly Subcommand[]): string {
  const described = new Map(
    subcommands.flatMap(({ options }) => options.map((each) => [each.name, each.description])),
  )
  const rows = [...described].map(([name, description]) => `| \`${name}\` | ${description} |`)
  return ['| option | takes |', '|---|---|', ...rows].join('\n')
}
