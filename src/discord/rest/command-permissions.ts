import { ApplicationCommandPermissionType as Type } from 'discord.js'
import { recordsIn } from '../../core/json.ts'
import { isSnowflake, type Snowflake } from '../../core/snowflake.ts'

/** A member of a guild who used the application. */
export interface CommandUser {
  readonly applicationId: Snowflake
  readonly guildId: Snowflake
  readonly userId: Snowflake
  readonly roles: readonly Snowflake[]
}

/**
 * Whether a guild's command permissions name a member, or one of their roles, as allowed to use a command. @everyone is
 * no such role. A permission of the member counts instead of those of their roles. Permissions of the whole application
 * do not count: they are given for its other commands too.
 * https://docs.discord.com/developers/interactions/application-commands#application-command-permissions-object
 * @param permissions of all commands in the guild, as Discord sent them
 * @param commandId undefined if the command is not registered
 */
export function isNamedAsAllowed(
  permissions: unknown,
  commandId: Snowflake | undefined,
  { guildId, userId, roles }: CommandUser,
): boolean {
  const list = recordsIn(permissions).find(({ id }) => commandId !== undefined && id === commandId)
  const given = recordsIn(list?.permissions)
  const own = given.find(({ type, id }) => type === Type.User && id === userId)
  if (own) return own.permission === true
  const theirs: readonly unknown[] = roles.filter((id) => id !== guildId)
  return given.some(
    ({ type, id, permission }) => type === Type.Role && permission === true && theirs.includes(id),
  )
}

/** The id of the slash command with a name, in the list of commands that Discord sent; undefined if it is not there. */
export function commandIdIn(commands: unknown, name: string): Snowflake | undefined {
  const found = recordsIn(commands).find((each) => each.name === name && (each.type ?? 1) === 1)
  return isSnowflake(found?.id) ? found.id : undefined
}
