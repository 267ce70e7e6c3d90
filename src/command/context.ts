import type { ActivityChart } from '../core/query/activity-chart.ts'
import type { Snowflake } from '../core/snowflake.ts'

/** The members of a role, as far as Discord shows them. */
export interface RoleMembers {
  readonly members: readonly { readonly id: Snowflake; readonly isBot: boolean }[]
  /** How many members and bots have the role by Discord's count; undefined where Discord did not say. */
  readonly holders: number | undefined
  /**
   * Why `members` may be incomplete: without the member list, only candidates were looked up (`list`), or there was no
   * time to look up all of them (`time`). Undefined where it is complete.
   */
  readonly lacks: 'list' | 'time' | undefined
}

/** The permissions that commands require, as discord.js names them. */
export type Permission = 'ViewAuditLog' | 'ManageGuild'

/** Where and when an interaction was made, and what Discord can answer about its guild. */
export interface CommandContext {
  readonly guildName: string
  /** When the interaction was made, in milliseconds since the Unix epoch. */
  readonly now: number
  /** For how many days entries are stored; undefined for unlimited. */
  readonly retentionDays: number | undefined
  /** The size limit of a file in this guild, in bytes. */
  readonly fileLimit: number
  /** How many channels Discord hides from Custos because it lacks View Channel there. */
  readonly hiddenChannels: number
  /**
   * Whether the member has a permission. One without View Audit Log can still run a command, where the guild's admins
   * allow it.
   */
  hasPermission(permission: Permission): boolean
  /**
   * The members of a role.
   * @param candidates the members to look up where Discord does not give the member list
   */
  roleMembers(roleId: Snowflake, candidates: readonly Snowflake[]): Promise<RoleMembers>
  /** Draws a chart as a PNG; undefined where drawing failed, so that the answer goes out without it. */
  drawChart(chart: ActivityChart): Promise<Uint8Array | undefined>
  /** Shows progress until the answer replaces it. */
  report(sentence: string): Promise<void>
}
