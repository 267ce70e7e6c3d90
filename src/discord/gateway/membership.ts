import { GatewayDispatchEvents as Event } from 'discord.js'
import type { Archive } from '../../core/archive.ts'
import type { Log } from '../../core/log.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { TrustedTime } from '../../sync/trusted-time.ts'
import { isRemoval } from './event.ts'
import type { GatewayEvents } from './gateway-events.ts'
import { goneFrom, type Ready } from './ready.ts'

interface Deps {
  readonly events: GatewayEvents
  readonly archive: Archive
  readonly trusted: TrustedTime
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
  /** How long what is held of a guild outlasts the bot's removal, in milliseconds. */
  readonly purgeAfter: number
}

/**
 * Notices that the bot was removed from a guild or is back in it, and purges those it has long been removed from.
 * An outage is no removal: Discord says so, and lists the guild at the next start.
 * https://docs.discord.com/developers/events/gateway-events#guild-delete
 */
export class Membership {
  readonly #deps: Deps
  /**
   * Guilds that Discord has said the bot is not in, since Custos was started: no others are purged. Those of which
   * nothing is held are forgotten after a day, as something heard before may still be on its way into the archive.
   */
  readonly #gone = new Set<Snowflake>()
  /** Guilds that the bot is in, by the last that was heard; what was heard before may still wait to be noted. */
  readonly #in = new Set<Snowflake>()
  /** The guild that is being purged. */
  #purged: Snowflake | undefined
  #work: Promise<void> = Promise.resolve()

  constructor(deps: Deps) {
    this.#deps = deps
    const { events } = deps
    events.onReady((ready) => {
      this.#list(ready)
      this.#then(() => this.#ready(ready))
    })
    events.on(Event.GuildCreate, (guildId) => {
      this.#in.add(guildId)
      this.#then(() => this.#isIn([guildId]))
      // At once, and not when the purge is over: it stops then, and removes nothing of what is read from now on.
      if (this.#purged === guildId) this.#comeBack(guildId).catch((error: unknown) => this.#failed(error))
    })
    events.on(Event.GuildDelete, (guildId, sent) => {
      if (!isRemoval(sent)) return
      this.#in.delete(guildId)
      this.#then(() => this.#isNotIn([guildId]))
    })
  }

  /** How many guilds are remembered that the bot is not in. */
  get size(): number {
    return this.#gone.size
  }

  /** Purges the guilds whose time has come. */
  purgeDue(): Promise<void> {
    return this.#then(async () => {
      const now = await this.#deps.trusted.now()
      if (now === undefined) return
      await this.#depart([...this.#gone])
      const departures = await this.#deps.archive.departures()
      for (const guildId of this.#gone) if (!departures.has(guildId)) this.#gone.delete(guildId)
      await this.#purge(now)
    })
  }

  /** A shard lists all guilds it serves, those that are out of reach too. */
  #list(ready: Ready): void {
    for (const guildId of goneFrom(ready, [...this.#in])) this.#in.delete(guildId)
    for (const guildId of ready.guildIds) this.#in.add(guildId)
  }

  async #ready(ready: Ready): Promise<void> {
    await this.#isIn(ready.guildIds)
    await this.#isNotIn(goneFrom(ready, await this.#deps.archive.guilds()))
  }

  async #isIn(guildIds: readonly Snowflake[]): Promise<void> {
    const departures = await this.#deps.archive.departures()
    for (const guildId of guildIds) {
      if (this.#in.has(guildId)) this.#gone.delete(guildId)
      if (departures.has(guildId)) await this.#comeBack(guildId)
    }
  }

  async #comeBack(guildId: Snowflake): Promise<void> {
    const { archive, log } = this.#deps
    if (await archive.clearDeparture(guildId))
      log.info({ guild: guildId }, 'Custos is back in a server. What is held of it is kept.')
  }

  async #isNotIn(guildIds: readonly Snowflake[]): Promise<void> {
    for (const guildId of guildIds) if (!this.#in.has(guildId)) this.#gone.add(guildId)
    const now = await this.#deps.trusted.now()
    if (now === undefined) return
    await this.#depart(guildIds)
    await this.#purge(now)
  }

  /** Notes which guilds the bot is no longer in. */
  async #depart(guildIds: readonly Snowflake[]): Promise<void> {
    const { archive, trusted, log, purgeAfter } = this.#deps
    const departures = await archive.departures()
    const { at, trustedAt } = await trusted.departure()
    for (const guildId of guildIds) {
      if (this.#in.has(guildId) || departures.has(guildId)) continue
      if (!(await archive.recordDeparture(guildId, at, trustedAt))) continue
      const purgedFrom = new Date(at + purgeAfter).toISOString()
      log.info(
        { guild: guildId, purgedFrom },
        'Custos was removed from a server. What is held of it will go.',
      )
    }
  }

  /** Purges the guilds that the bot has not been in for long enough. */
  async #purge(trustedNow: number): Promise<void> {
    const { archive, log, purgeAfter } = this.#deps
    for (const [guildId, at] of await archive.departures()) {
      if (!this.#gone.has(guildId) || this.#in.has(guildId) || trustedNow - at < purgeAfter) continue
      this.#purged = guildId
      const entries = await archive.purge(guildId).finally(() => {
        this.#purged = undefined
      })
      this.#gone.delete(guildId)
      log.info(
        { guild: guildId, entries },
        this.#in.has(guildId)
          ? 'Custos is back in a server that was being purged. What is left is kept.'
          : 'What was held of a server that Custos was removed from is gone.',
      )
      await archive.vacuum('log')
    }
  }

  #then(next: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(next).catch((error: unknown) => this.#failed(error))
    return this.#work
  }

  #failed(error: unknown): void {
    const { log, signal } = this.#deps
    if (!signal.aborted) log.error({ err: error }, 'Which servers Custos is in could not be noted.')
  }
}
