import { PermissionFlagsBits } from 'discord-api-types/v10'
import { roleOverwrite, setOverwrite } from '../actions/overwrites.ts'
import { updateRole } from '../actions/roles.ts'
import type { Discord } from '../discord.ts'
import { AUDIT_LOG, always, type FaultRule, MESSAGES, onlyFor, rateLimitFault } from '../rest/faults.ts'
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
    if (fault in RULES) this.#applyRules()
    if (fault === 'events') town.discord.gateway.losesEvent = () => on
    if (fault === 'permission') this.#setPermission(!on)
    if (fault === 'posting') this.#setPosting(!on)
    if (fault === 'bot') await (on ? bot.stop() : bot.start())
  }

  /** The first of the rules that are switched on and concern a request decides. */
  #applyRules(): void {
    const rules = this.active.flatMap((fault) => RULES[fault] ?? [])
    this.#playground.town.discord.fault = (...request) =>
      rules.map((rule) => rule(...request)).find((fault) => fault !== undefined)
  }

  #setPosting(granted: boolean): void {
    const { town, modLog } = this.#playground
    const { discord, guild, roles } = town
    const actor = { world: discord.world, guild, actorId: guild.ownerId }
    const before = guild.channels.get(modLog)?.permission_overwrites.find(({ id }) => id === roles.custos.id)
    const [allow, deny] = [BigInt(before?.allow ?? 0), BigInt(before?.deny ?? 0)]
    const flag = PermissionFlagsBits.SendMessages
    const overwrite = granted
      ? roleOverwrite(roles.custos.id, allow | flag, deny & ~flag)
      : roleOverwrite(roles.custos.id, allow & ~flag, deny | flag)
    setOverwrite(actor, modLog, overwrite)
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

/** The faults of requests. */
const RULES: Readonly<Partial<Record<FaultName, FaultRule>>> = {
  rest: always(AUDIT_LOG, { status: 503 }),
  lost: onlyFor('POST', always(MESSAGES, { lost: 'connection', isDone: true })),
  limit: onlyFor('POST', always(MESSAGES, rateLimitFault('user', 3))),
}
