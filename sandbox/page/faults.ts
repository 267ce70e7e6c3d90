import { PermissionFlagsBits } from 'discord-api-types/v10'
import { updateRole } from '../actions/roles.ts'
import type { Discord } from '../discord.ts'
import { FAULTS, type Fault } from './guild-actions.ts'
import type { Stage } from './playground.ts'

/** Breaks things, and mends them again. */
export class Faults {
  readonly #stage: Stage
  readonly #on = new Set<Fault>()

  constructor(stage: Stage) {
    this.#stage = stage
  }

  /** What is broken now. */
  get on(): Fault[] {
    return FAULTS.filter((fault) => this.#on.has(fault))
  }

  async set(fault: Fault, on: boolean): Promise<void> {
    if (this.#on.has(fault) === on) return
    if (on) this.#on.add(fault)
    else this.#on.delete(fault)
    const { town, bot } = this.#stage
    if (fault === 'gateway') breakGateway(town.discord, on)
    if (fault === 'rest') refuseReading(town.discord, on)
    if (fault === 'events') town.discord.gateway.loses = () => on
    if (fault === 'permission') this.#takePermission(on)
    if (fault === 'bot') await (on ? bot.stop() : bot.start())
  }

  #takePermission(taken: boolean): void {
    const { discord, guild, roles } = this.#stage.town
    const before = BigInt(guild.roles.get(roles.custos.id)?.permissions ?? 0)
    const flag = PermissionFlagsBits.ViewAuditLog
    const permissions = String(taken ? before & ~flag : before | flag)
    updateRole({ world: discord.world, guild, actorId: guild.ownerId }, roles.custos.id, { permissions })
  }
}

function breakGateway({ gateway }: Discord, down: boolean): void {
  gateway.down = down
  if (down) gateway.drop()
}

function refuseReading(discord: Discord, refuses: boolean): void {
  discord.trouble = (_method, path) => (refuses && path.includes('/audit-logs') ? { status: 503 } : undefined)
}
