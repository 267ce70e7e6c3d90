import { PermissionFlagsBits } from 'discord-api-types/v10'
import { updateRole } from '../actions/roles.ts'
import type { Discord } from '../discord.ts'
import { FAULT_NAMES, type FaultName } from './guild-actions.ts'
import type { Playground } from './playground.ts'

/** Breaks things, and mends them again. */
export class Faults {
  readonly #stage: Playground
  readonly #on = new Set<FaultName>()

  constructor(playground: Playground) {
    this.#stage = playground
  }

  /** What is broken now. */
  get on(): FaultName[] {
    return FAULT_NAMES.filter((fault) => this.#on.has(fault))
  }

  async set(fault: FaultName, on: boolean): Promise<void> {
    if (this.#on.has(fault) === on) return
    if (on) this.#on.add(fault)
    else this.#on.delete(fault)
    const { town, bot } = this.#stage
    if (fault === 'gateway') breakGateway(town.discord, on)
    if (fault === 'rest') refuseReading(town.discord, on)
    if (fault === 'events') town.discord.gateway.losesEvent = () => on
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
  if (down) gateway.dropConnections()
}

function refuseReading(discord: Discord, refuses: boolean): void {
  discord.fault = (_method, path) => (refuses && path.includes('/audit-logs') ? { status: 503 } : undefined)
}
