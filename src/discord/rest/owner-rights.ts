import { type REST, Routes } from 'discord.js'
import type { OwnerRights } from '../../command/context.ts'
import type { Clock } from '../../core/clock.ts'
import { inTime } from '../../core/in-time.ts'
import { isRecord } from '../../core/json.ts'
import type { Log } from '../../core/log.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { ReadBudget } from '../../sync/budget/read-budget.ts'
import type { KnownGuilds } from '../gateway/known-guilds.ts'
import { type CommandUser, commandIdIn, isNamedAsAllowed } from './command-permissions.ts'

/** How long a member waits for Discord, in milliseconds. */
const TIMEOUT = 10_000

interface Deps {
  readonly rest: REST
  readonly guilds: Pick<KnownGuilds, 'ownerOf'>
  readonly budget: Pick<ReadBudget, 'run'>
  /** The host's clock. Only elapsed time is used. */
  readonly clock: Clock
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** Finds out who may do what only the owner of a guild may. Discord is asked only when somebody wants to do that. */
export class OwnerRightsReader {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Whether a member owns the guild, or its command permissions allow the member, or a role of theirs, a command. */
  async of(user: CommandUser, command: string, log: Log): Promise<OwnerRights> {
    const { guilds, clock, signal } = this.#deps
    const known = guilds.ownerOf(user.guildId)
    if (known === user.userId) return 'granted'
    try {
      return await inTime(
        { clock, timeout: TIMEOUT, signal },
        (over) => this.#read(user, command, known, over),
        () => 'unknown' as const,
      )
    } catch (error) {
      if (!signal.aborted) {
        log.warn({ err: error }, 'Reading who may act for the owner failed. Only the owner may.')
      }
      return 'unknown'
    }
  }

  async #read(
    user: CommandUser,
    command: string,
    known: Snowflake | undefined,
    over: AbortSignal,
  ): Promise<OwnerRights> {
    const { applicationId, guildId, userId } = user
    const { rest, budget } = this.#deps
    const get = (route: `/${string}`) =>
      budget.run(guildId, 'answer', () => rest.get(route, { signal: over }))
    const [guild, commands, permissions] = await Promise.all([
      known === undefined ? get(Routes.guild(guildId)) : { owner_id: known },
      get(Routes.applicationCommands(applicationId)),
      get(Routes.guildApplicationCommandsPermissions(applicationId, guildId)),
    ])
    const ownerId = isRecord(guild) ? guild.owner_id : undefined
    if (ownerId === userId || isNamedAsAllowed(permissions, commandIdIn(commands, command), user))
      return 'granted'
    const isSaid = ownerId !== undefined && Array.isArray(commands) && Array.isArray(permissions)
    return isSaid ? 'denied' : 'unknown'
  }
}
