import type { REST } from 'discord.js'
import type { Command, EntryView, MenuCommand, Subcommand } from '../../command/command.ts'
import type { Archive } from '../../core/archive.ts'
import type { Erasing } from '../../core/erasure.ts'
import { UserError } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'
import type { ActivityChart } from '../../core/query/activity-chart.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { DiscordClock } from '../../sync/discord-clock.ts'
import type { SyncEngine } from '../../sync/engine.ts'
import type { KnownGuilds } from '../gateway/known-guilds.ts'
import type { RoleHolders } from '../rest/role-holders.ts'

/** Draws charts. */
interface Painter {
  paint(chart: ActivityChart): Promise<Uint8Array>
}

/** What answers are made with. */
export interface BotContext {
  readonly commands: readonly Command[]
  readonly menuCommands: readonly MenuCommand[]
  readonly entryView: EntryView
  readonly guilds: KnownGuilds
  readonly roleHolders: RoleHolders
  /** What interactions are answered through: nothing that is asked of Discord holds it up. */
  readonly replies: REST
  readonly archive: Archive
  readonly erasing: Erasing
  readonly engine: SyncEngine
  readonly painter: Painter
  readonly clock: DiscordClock
  /** For how many days entries are kept; undefined for ever. */
  readonly retentionDays: number | undefined
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** An interaction that came from a guild. */
export type InGuild<Kind> = Kind & { readonly guildId: Snowflake }

/** The command of a path such as `audit recent`. @throws UserError as `subcommandAt` does */
export function commandAt(bot: BotContext, path: string): Command {
  const command = bot.commands.find(({ name }) => path.startsWith(`${name} `))
  if (command) return command
  throw unknownCommand()
}

/**
 * The subcommand of a path such as `audit recent`.
 * @throws UserError when there is none: Discord may still show a command that is no more
 */
export function subcommandAt(bot: BotContext, path: string): Subcommand {
  const { name, subcommands } = commandAt(bot, path)
  const subcommand = subcommands.find((each) => `${name} ${each.name}` === path)
  if (subcommand) return subcommand
  throw unknownCommand()
}

/** The error for a command that is no more. */
export function unknownCommand(): UserError {
  return new UserError('I do not know this command any more. Wait a minute for Discord to show the new ones.')
}
