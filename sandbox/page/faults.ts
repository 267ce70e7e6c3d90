import { PermissionFlagsBits } from 'discord-api-types/v10'
import { updateRole } from '../actions/roles.ts'
import type { Discord } from '../discord.ts'
import { AUDIT_LOG, always } from '../rest/faults.ts'
import { FAULT_NAMES, type FaultName } from './fault-switches.ts'
import type { Playground } from './playground.ts'

/** The faults that are switched on. */
export class Faults {
  readonly #playground: Playground
  readonly #active = new Set<FaultName>()

  constructor(playground: Playground) {
    this.#playground = playground
  }

  get active(): FaultName[] {
    return FAULT_NAMES.filter((fault) => this.#active.has(fault))
  }

  /** Switches a fault on or off. */
  async set(fault: FaultName, on: boolean): Promise<void> {
    if (this.#active.has(fault) === on) return
    if (on) this.#active.add(fault)
    else this.#active.delete(fault)
    const { town, bot } = this.#playground
    if (fault === 'gateway') setGatewayDown(town.discord, on)
    if (fault === 'rest') setReadsFailing(town.discord, on)
    if (fault === 'events') town.discord.gateway.losesEvent = () => on
    if (fault === 'permission') this.#setPermission(!on)
    if (fault === 'bot') await (on ? bot.stop() : bot.start())
  }

  #setPermission(granted: boolean): void {
    const { discord, guild, roles } = this.#playground.town
    const before = BigInt(guild.roles.get(roles.custos.id)?.permissions ?? 0)
    const flag = PermissionFlagsBits.ViewAuditLog
    const permissions = String(granted ? before | flag : before & ~flag)
    updateRole({ world: discord.world, guild, actorId: guild.ownerId }, roles.custos.id, { permissions })
  }
}

function setGatewayDown({ gateway }: Discord, down: boolean): void {
  gateway.down = down
  if (down) gateway.dropConnections()
}

function setReadsFailing(discord: Discord, fail: boolean): void {
  discord.fault = fail ? always(AUDIT_LOG, { status: 503 }) : undefined
}
