import type { REST } from 'discord.js'
import type { Command, MenuCommand } from '../../command/command.ts'
import type { Component } from '../../command/component.ts'
import type { Archive } from '../../core/archive.ts'
import type { Erasing } from '../../core/erasure.ts'
import type { Log } from '../../core/log.ts'
import type { Metrics } from '../../core/metrics/metrics.ts'
import type { ActivityChart } from '../../core/query/activity-chart.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { Obstacle, Watch, WatchDraft } from '../../core/watch/watch.ts'
import type { WatchChange } from '../../core/watch/watch-store.ts'
import type { SyncEngine } from '../../sync/engine.ts'
import type { DiscordClock } from '../../sync/time/discord-clock.ts'
import type { KnownGuilds } from '../gateway/known-guilds.ts'
import type { GuildRoles } from '../rest/guild-roles.ts'
import type { OwnerRightsReader } from '../rest/owner-rights.ts'
import type { RoleHolders } from '../rest/role-holders.ts'

/** Draws charts. */
interface Painter {
  /** Draws a guild's chart as a PNG, unless the signal aborts first. */
  paint(
    chart: ActivityChart,
    turn: { readonly guildId: Snowflake; readonly signal: AbortSignal },
  ): Promise<Uint8Array>
}

/** Sets and removes feeds, alerts and digests. */
interface Watching {
  /** What keeps Custos from posting there; undefined if nothing does; `unknown` if Discord did not say. */
  obstacleIn(where: {
    readonly guildId: Snowflake
    readonly channelId: Snowflake
    readonly hasFiles: boolean
  }): Promise<Obstacle | undefined | 'unknown'>
  /** Sets one, which begins to post. @returns undefined where the guild has `MOST_WATCHES` already */
  add(guildId: Snowflake, change: WatchChange, draft: WatchDraft): Promise<Watch | undefined>
  /** Removes one, which posts nothing more. @returns undefined if there is none */
  remove(guildId: Snowflake, change: WatchChange, number: number): Promise<Watch | undefined>
}

/** What interactions are answered with. */
export interface BotContext {
  readonly commands: readonly Command[]
  readonly menuCommands: readonly MenuCommand[]
  readonly components: readonly Component[]
  readonly guilds: Pick<KnownGuilds, 'nameOf' | 'joinedAt' | 'hiddenIn'>
  readonly roleHolders: Pick<RoleHolders, 'of'>
  readonly guildRoles: Pick<GuildRoles, 'permissionsIn'>
  readonly ownerRights: Pick<OwnerRightsReader, 'of' | 'recently'>
  /** Sends replies. It has rate limits of its own, so reading the audit log never delays a reply. */
  readonly replies: REST
  readonly archive: Archive
  readonly erasing: Erasing
  readonly engine: Pick<SyncEngine, 'refresh' | 'status' | 'stored'>
  readonly painter: Painter
  readonly watching: Watching
  readonly clock: Pick<DiscordClock, 'elapsed' | 'momentOf' | 'sleep'>
  /** For how many days entries are stored; undefined for unlimited. */
  readonly retentionDays: number | undefined
  readonly log: Log
  readonly metrics: Metrics
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** An interaction in a guild. */
export type InGuild<Kind> = Kind & { readonly guildId: Snowflake }
