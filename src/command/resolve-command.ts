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
  for (const { name, permission, subcommands } of commands) {
    const subcommand = subcommands.find((each) => `${name} ${each.name}` === path)
    if (subcommand) return { path, permission, subcommand }
  }
  throw unknownCommand()
}

/** The error for a command that does not exist. */
export function unknownCommand(): UserError {
  return new UserError(
    'Custos no longer has this command. Discord shows the current commands within a minute.',
  )
}
