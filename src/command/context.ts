import type { ActivityChart } from '../core/query/activity-chart.ts'
import type { Snowflake } from '../core/snowflake.ts'

/** Who has a role, as far as Discord tells. */
export interface RoleMembers {
  readonly members: readonly { readonly id: Snowflake; readonly isBot: boolean }[]
  /** How many have it by Discord's count, bots among them; undefined where Discord did not say. */
  readonly holders: number | undefined
  /**
   * Why these may not be all: Discord does not show its member list, so only candidates were looked up, or there was no
   * time to look at everybody. Undefined where they are all.
   */
  readonly lacks: 'list' | 'time' | undefined
}

/** Where a question is asked, and what Discord can tell of it now. */
export interface CommandContext {
  readonly guildName: string
  /** When it is asked, in milliseconds since the Unix epoch. */
  readonly now: number
  /** Whether the one who asks has View Audit Log; a guild can let others in too. */
  readonly mayView: boolean
  /** For how many days entries are kept; undefined for ever. */
  readonly retentionDays: number | undefined
  /** How large a file may be there, in bytes. */
  readonly fileLimit: number
  /** How many channels Discord hides from Custos, since it may not view them. */
  readonly hiddenChannels: number
  /** Who has a role. */
  roleMembers(roleId: Snowflake, candidates: readonly Snowflake[]): Promise<RoleMembers>
  /** Draws a chart as a PNG; undefined when that goes wrong, for an answer is one without a picture too. */
  drawChart(chart: ActivityChart): Promise<Uint8Array | undefined>
  /** Says how far the answer is, in place of it. */
  report(sentence: string): Promise<void>
}
