import { UserError } from '../core/errors.ts'
import type { Command, Subcommand } from './command.ts'

/** A subcommand, with its path and the permission of its command. */
export interface ResolvedCommand {
  /** Such as `audit recent`. A saved query stores it. */
  readonly path: string
  readonly permission: Command['permission']
  readonly subcommand: Subcommand
}

/**
 * Finds a subcommand by its path, such as `audit recent`.
 * @throws UserError if there is none: Discord may still show a command that was removed
 */
export function resolveCommand(commands: readonly Command[], path: string): ResolvedCommand {
  const found = allSubcommands(commands).find((each) => each.path === path)
  if (found) return found
  throw unknownCommand()
}

/** All subcommands, those in groups too, such as `custos feed add`. */
export function allSubcommands(commands: readonly Command[]): ResolvedCommand[] {
  return commands.flatMap(({ name, permission, subcommands, groups = [] }) => [
    ...subcommands.map((subcommand) => ({ path: `${name} ${subcommand.name}`, permission, subcommand })),
    ...groups.flatMap((group) =>
      group.subcommands.map((subcommand) => ({
        path: `${name} ${group.name} ${subcommand.name}`,
        permission,
        subcommand,
      })),
    ),
  ])
}

/** The error for a command that does not exist. */
export function unknownCommand(): UserError {
  return new UserError(
    'Custos no longer has this command. Discord shows the current commands within a minute.',
  )
}
