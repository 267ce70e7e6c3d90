import type { Interaction } from 'discord.js'
import type { BotContext } from './bot-context.ts'

/** What a member used, in few words: nothing of it is written by the member. */
export interface InteractionName {
  readonly interaction: 'command' | 'menu' | 'component' | 'form' | 'autocomplete' | 'other'
  /** Such as `audit recent`, or the name of a component; `unknown` for what Custos does not have. */
  readonly command: string
}

type Known = Pick<BotContext, 'commands' | 'menuCommands' | 'components'>

/** Names an interaction, for logs and metrics. There are only as many names as Custos has commands and components. */
export function nameOf(known: Known, interaction: Interaction): InteractionName {
  if (interaction.isAutocomplete() || interaction.isChatInputCommand()) {
    const { commandName, options } = interaction
    const command = known.commands.find(({ name }) => name === commandName)
    const subcommand = command?.subcommands.find(({ name }) => name === options.data[0]?.name)
    return {
      interaction: interaction.isAutocomplete() ? 'autocomplete' : 'command',
      command: command && subcommand ? `${command.name} ${subcommand.name}` : UNKNOWN,
    }
  }
  if (interaction.isContextMenuCommand())
    return { interaction: 'menu', command: among(known.menuCommands, interaction.commandName) }
  if (interaction.isMessageComponent() || interaction.isModalSubmit()) {
    // discord.js does not check its type.
    const [name] = String(interaction.customId).split(':')
    return {
      interaction: interaction.isModalSubmit() ? 'form' : 'component',
      command: among(known.components, name),
    }
  }
  return { interaction: 'other', command: UNKNOWN }
}

const UNKNOWN = 'unknown'

function among(known: readonly { readonly name: string }[], name: string | undefined): string {
  return known.find((each) => each.name === name)?.name ?? UNKNOWN
}
