import type { OperationDetail } from '../core/operation.ts'
import type { ActivityChart } from '../core/query/activity-chart.ts'
import type { FindRoleMembers } from '../core/query/find-moderators.ts'
import type { Snowflake } from '../core/snowflake.ts'
import type { RolePermissions } from '../core/watch/alerts/dangerous-permissions.ts'
import type { Obstacle, Watch, WatchDraft } from '../core/watch/watch.ts'

/** The permissions that commands and some of their options require, by their names in discord.js. */
export type Permission = 'ViewAuditLog' | 'ManageGuild' | 'MentionEveryone'

/** Whether a member may do what only the owner of a guild may; `unknown` if Discord did not say. */
export type OwnerRights = 'granted' | 'denied' | 'unknown'

/**
 * What a command has besides its query and the archive: the moment, guild and member of the interaction that it answers,
 * and what only Discord's side can do for it.
 */
export interface CommandContext {
  readonly guildName: string
  /** When the interaction was made, in milliseconds since the Unix epoch. */
  readonly now: number
  /** The guild's time zone, an IANA name. */
  readonly timeZone: string
  /** For how many days entries are stored; undefined for unlimited. */
  readonly retentionDays: number | undefined
  /** The size limit of a file in this guild, in bytes. */
  readonly fileLimit: number
  /** How many channels Discord hides from Custos because it lacks View Channel there. */
  readonly hiddenChannels: number
  /**
   * Whether the member has a permission. A member without View Audit Log can still run a command if the guild's admins
   * allow it.
   */
  hasPermission(permission: Permission): boolean
  /** Whether Custos has a permission in the channel of the interaction. */
  hasOwnPermission(permission: Permission): boolean
  /**
   * Whether the member owns the guild, or its command permissions name the member, or one of their roles, as allowed to
   * use a command. Having the permission that the command requires by default is not enough.
   * @param command its name, such as `custos`
   */
  ownerRights(command: string): Promise<OwnerRights>
  readonly roleMembers: FindRoleMembers
  /** What each role of the guild permits now. It throws if Discord does not say. */
  rolePermissions(): Promise<RolePermissions>
  /** Draws a chart as a PNG; undefined if that failed, or if nobody waits for it any more. */
  drawChart(chart: ActivityChart): Promise<Uint8Array | undefined>
  /**
   * What keeps Custos from posting in a channel; undefined if nothing does; `unknown` if Discord did not say.
   * @param hasFiles whether files are posted; false by default
   */
  obstacleIn(channelId: Snowflake, hasFiles?: boolean): Promise<Obstacle | undefined | 'unknown'>
  /** Whether every member may mention a role that an option of the command names; false for any other role. */
  isMentionable(roleId: Snowflake): boolean
  /**
   * Sets a feed, alert or digest, and records that the member set it.
   * @returns undefined where the guild has `MOST_WATCHES` already
   */
  addWatch(draft: WatchDraft): Promise<Watch | undefined>
  /** Removes a feed, alert or digest, and records that the member removed it. @returns undefined if there is none */
  removeWatch(number: number): Promise<Watch | undefined>
  /** Records that the member had Custos do this. If it changes a setting, the setting is changed with it. */
  operate(detail: OperationDetail): Promise<void>
  /** Shows a sentence in place of the answer soon, unless a newer one or the answer comes first. */
  report(sentence: string): void
}
