import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type CommandInteractionOption,
} from 'discord.js'

/** The path of a subcommand, such as `audit recent` or `custos feed add`, and its options as Discord sent them. */
interface ChosenSubcommand {
  readonly path: string
  readonly options: readonly CommandInteractionOption[]
}

/** The subcommand that a member chose. */
export function chosenSubcommand({
  commandName,
  options: { data },
}: ChatInputCommandInteraction | AutocompleteInteraction): ChosenSubcommand {
  const names = [commandName]
  let options: readonly CommandInteractionOption[] = data
  for (let [chosen] = options; chosen && isSubcommandOrGroup(chosen); [chosen] = options) {
    names.push(chosen.name)
    options = chosen.options ?? []
  }
  return { path: names.join(' '), options }
}

function isSubcommandOrGroup({ type }: CommandInteractionOption): boolean {
  return (
    type === ApplicationCommandOptionType.Subcommand || type === ApplicationCommandOptionType.SubcommandGroup
  )
}
