import { isDeepStrictEqual } from 'node:util'
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type REST,
  type RESTPostAPIApplicationCommandsJSONBody,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
  Routes,
} from 'discord.js'
import type { Command, MenuCommand, Subcommand } from '../../command/command.ts'
import { isRecord } from '../../core/json.ts'
import type { Snowflake } from '../../core/snowflake.ts'

/**
 * Makes Discord hold these commands and no others, with one request, and with none where it does already.
 * @returns whether anything had to change
 */
export async function registerCommands(
  rest: REST,
  applicationId: Snowflake,
  definitions: readonly RESTPostAPIApplicationCommandsJSONBody[],
): Promise<boolean> {
  const route = Routes.applicationCommands(applicationId)
  const held = await rest.get(route)
  if (Array.isArray(held) && isDeepStrictEqual(sorted(held.map(bare)), sorted(definitions.map(bare))))
    return false
  await rest.put(route, { body: definitions })
  return true
}

/** Who is shown a command, and where. */
const audience = (permission: Command['permission']) => ({
  default_member_permissions: String(PermissionFlagsBits[permission]),
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
})

/** A command as Discord registers it. */
export function toDefinition(command: Command): RESTPostAPIChatInputApplicationCommandsJSONBody {
  return {
    type: ApplicationCommandType.ChatInput,
    name: command.name,
    description: command.description,
    ...audience(command.permission),
    options: command.subcommands.map((subcommand) => ({
      type: ApplicationCommandOptionType.Subcommand,
      name: subcommand.name,
      description: subcommand.description,
      options: optionsOf(subcommand),
    })),
  }
}

export function toMenuDefinition({
  name,
  target: of,
}: MenuCommand): RESTPostAPIContextMenuApplicationCommandsJSONBody {
  const type = of === 'user' ? ApplicationCommandType.User : ApplicationCommandType.Message
  return { type, name, ...audience('ViewAuditLog') }
}

/** Discord wants required options before all others. */
function optionsOf({ options }: Subcommand) {
  const named = Object.entries(options).map(([name, { definition }]) => ({ ...definition, name }))
  return named.sort((a, b) => Number(b.required ?? false) - Number(a.required ?? false))
}

/** What Discord adds to a command by itself, or by default. */
const ADDED = new Set(['id', 'application_id', 'version', 'guild_id', 'dm_permission', 'nsfw', 'handler'])

/** A definition without what Discord adds, and without fields that say nothing. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare)
  if (!isRecord(value)) return value
  const said = Object.entries(value).filter(
    ([key, field]) =>
      !ADDED.has(key) &&
      field !== null &&
      field !== undefined &&
      field !== false &&
      field !== '' &&
      !(Array.isArray(field) && field.length === 0),
  )
  return Object.fromEntries(said.map(([key, field]) => [key, bare(field)]))
}

function sorted(definitions: readonly unknown[]): unknown[] {
  const nameOf = (definition: unknown) => (isRecord(definition) ? String(definition.name) : '')
  return [...definitions].sort((a, b) => nameOf(a).localeCompare(nameOf(b), 'en'))
}
