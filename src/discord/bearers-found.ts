import type { RoleMembers } from '../../commands/place.ts'
import { isRecord } from '../core/entry.ts'
import { isSnowflake, type Snowflake } from '../core/snowflake.ts'

/** Those found so far who bear a role. */
export class BearersFound {
  /** How many bear the role by Discord's count; undefined where it did not say. */
  readonly bearers: number | undefined
  readonly #roleId: Snowflake
  readonly #found = new Map<Snowflake, RoleMembers['members'][number]>()

  constructor(roleId: Snowflake, bearers: number | undefined) {
    this.#roleId = roleId
    this.bearers = bearers
  }

  /** Whether all who bear the role are found, by Discord's own count. */
  get areAll(): boolean {
    return this.bearers !== undefined && this.#found.size >= this.bearers
  }

  get members(): RoleMembers['members'] {
    return [...this.#found.values()]
  }

  /** Looks at a member as Discord gives it. */
  see(member: unknown): void {
    if (!isRecord(member) || !Array.isArray(member.roles) || !member.roles.includes(this.#roleId)) return
    const id = userIdOf(member)
    const isBot = isRecord(member.user) && member.user.bot === true
    if (id !== undefined) this.#found.set(id, { id, isBot })
  }
}

/** Whose membership it is; undefined where Discord does not say. */
export function userIdOf(member: unknown): Snowflake | undefined {
  const user = isRecord(member) && isRecord(member.user) ? member.user : {}
  return isSnowflake(user.id) ? user.id : undefined
}
