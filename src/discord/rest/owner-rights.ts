import { type REST, Routes } from 'discord.js'
import type { OwnerRights } from '../../command/context.ts'
import type { Clock } from '../../core/clock.ts'
import { inTime } from '../../core/in-time.ts'
import { isRecord } from '../../core/json.ts'
import type { Log } from '../../core/log.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { SECOND } from '../../core/time/units.ts'
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

/** What Discord says about who may use the commands of a guild; undefined for what it did not send. */
interface Facts {
  readonly ownerId: unknown
  readonly commands: unknown
  readonly permissions: unknown
}

/** How long a reading counts as recent, in milliseconds. */
const RECENT = 30 * SECOND

/** Finds out who may do what only the owner of a guild may. Discord is asked only when somebody wants to do that. */
export class OwnerRightsReader {
  readonly #deps: Deps
  /** The last readings of `recently`, by guild, oldest first. */
  readonly #readings = new Map<
    Snowflake,
    { readonly at: number; readonly facts: Promise<Facts | undefined> }
  >()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Whether a member owns the guild, or its command permissions allow the member, or a role of theirs, a command. */
  async of(user: CommandUser, command: string, log: Log): Promise<OwnerRights> {
    if (this.#deps.guilds.ownerOf(user.guildId) === user.userId) return 'granted'
    return rightsIn(await this.#read(user, log), user, command)
  }

  /**
   * The same as of half a minute ago or later. Anyone can press the buttons under posts, and all of them together must not
   * use up the requests of Custos.
   */
  async recently(user: CommandUser, command: string, log: Log): Promise<OwnerRights> {
    const { guilds, clock } = this.#deps
    if (guilds.ownerOf(user.guildId) === user.userId) return 'granted'
    const now = clock.elapsed()
    for (const [guildId, { at }] of this.#readings) {
      if (now - at < RECENT) break
      this.#readings.delete(guildId)
    }
    const reading = this.#readings.get(user.guildId) ?? { at: now, facts: this.#read(user, log) }
    this.#readings.set(user.guildId, reading)
    return rightsIn(await reading.facts, user, command)
  }

  /** @returns undefined if Discord did not say */
  async #read({ applicationId, guildId }: CommandUser, log: Log): Promise<Facts | undefined> {
    const { rest, guilds, budget, clock, signal } = this.#deps
    const known = guilds.ownerOf(guildId)
    try {
      return await inTime(
        { clock, timeout: TIMEOUT, signal },
        async (over) => {
          const get = (route: `/${string}`) =>
            budget.run(guildId, 'answer', () => rest.get(route, { signal: over }))
          const [guild, commands, permissions] = await Promise.all([
            known === undefined ? get(Routes.guild(guildId)) : { owner_id: known },
            get(Routes.applicationCommands(applicationId)),
            get(Routes.guildApplicationCommandsPermissions(applicationId, guildId)),
          ])
          return { ownerId: isRecord(guild) ? guild.owner_id : undefined, commands, permissions }
        },
        () => undefined,
      )
    } catch (error) {
      if (!signal.aborted) {
        log.warn({ err: error }, 'Reading who may act for the owner failed. Only the owner may.')
      }
      return undefined
    }
  }
}

function rightsIn(facts: Facts | undefined, user: CommandUser, command: string): OwnerRights {
  if (!facts) return 'unknown'
  const { ownerId, commands, permissions } = facts
  if (ownerId === user.userId || isNamedAsAllowed(permissions, commandIdIn(commands, command), user))
    return 'granted'
  const isSaid = ownerId !== undefined && Array.isArray(commands) && Array.isArray(permissions)
  return isSaid ? 'denied' : 'unknown'
}
