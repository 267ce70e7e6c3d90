import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js'
import type { Command, MenuCommand, Subcommand } from '../../command/command.ts'

/** A command as Discord registers it. */
export function toDefinition(command: Command): RESTPostAPIChatInputApplicationCommandsJSONBody {
  return {
    type: ApplicationCommandType.ChatInput,
    name: command.name,
    description: command.description,
    ...audience(command.permission),
    options: [
      ...command.subcommands.map(subcommandDefinition),
      ...(command.groups ?? []).map(({ name, description, subcommands }) => ({
        type: ApplicationCommandOptionType.SubcommandGroup as const,
        name,
        description,
        options: subcommands.map(subcommandDefinition),
      })),
    ],
  }
}

function subcommandDefinition(subcommand: Subcommand) {
  return {
    type: ApplicationCommandOptionType.Subcommand as const,
    name: subcommand.name,
    description: subcommand.description,
    options: optionsOf(subcommand),
  }
}

/** A context menu command as Discord registers it. */
export function toMenuDefinition({
  name,
  target: of,
}: MenuCommand): RESTPostAPIContextMenuApplicationCommandsJSONBody {
  const type = of === 'user' ? ApplicationCommandType.User : ApplicationCommandType.Message
  return { type, name, ...audience('ViewAuditLog') }
}

/** Who sees a command, and where. */
function audience(permission: Command['permission']) {
  return {
    default_member_permissions: String(PermissionFlagsBits[permission]),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  }
}

/** Discord requires that required options come first. */
function optionsOf({ options }: Subcommand) {
  const named = Object.entries(options).map(([name, { definition }]) => ({ ...definition, name }))
  return named.sort((a, b) => Number(b.required ?? false) - Number(a.required ?? false))
}
