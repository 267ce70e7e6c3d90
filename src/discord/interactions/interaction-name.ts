import type { Interaction } from 'discord.js'
import { allSubcommands } from '../../command/resolve-command.ts'
import type { BotContext } from './bot-context.ts'
import { chosenSubcommand } from './chosen-subcommand.ts'

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
    const { path } = chosenSubcommand(interaction)
    const subcommand = allSubcommands(known.commands).find((each) => each.path === path)
    return {
      interaction: interaction.isAutocomplete() ? 'autocomplete' : 'command',
      command: subcommand?.path ?? UNKNOWN,
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
