import { z } from 'zod'
import { filterSchema, kindsSchema, snowflake } from '../query/filter.ts'
import type { Snowflake } from '../snowflake.ts'
import { PRESETS } from './presets.ts'

/** How many feeds, alerts and digests a guild can have together. */
export const MOST_WATCHES = 20

/** Posts each new entry that matches a filter. */
export const feedSchema = z.object({
  type: z.literal('feed'),
  /** Without a window. */
  filter: filterSchema,
})

/** Warns when something is done often within a short time. */
export const alertSchema = z.object({
  type: z.literal('alert'),
  /** What is counted: some kinds, named as the member chose them, or a ready rule. */
  rule: z.discriminatedUnion('type', [
    z.object({ type: z.literal('actions'), kinds: kindsSchema, names: z.string() }),
    z.object({ type: z.literal('preset'), preset: z.enum(PRESETS) }),
  ]),
  /** How many actions (for deletes, messages; for moves and disconnects, members) make a burst. */
  count: z.int().positive(),
  /** Within how many milliseconds. */
  within: z.int().positive(),
  /** Whose actions are counted together. */
  per: z.enum(['moderator', 'target', 'server']),
  /** The role that is pinged. */
  pingRoleId: snowflake.optional(),
  /** Whose actions are not counted. */
  exempt: z.object({ userIds: z.array(snowflake), roleIds: z.array(snowflake) }),
})

/** Reports about each day, week or month that is over. */
export const digestSchema = z.object({
  type: z.literal('digest'),
  every: z.enum(['day', 'week', 'month']),
  /** When it is posted, in minutes after midnight in the guild's time zone. */
  at: z.int().min(0).max(1439),
  /** The role whose members it lists; absent for everyone who has moderated. */
  roleId: snowflake.optional(),
})

export const watchDefinitionSchema = z.discriminatedUnion('type', [feedSchema, alertSchema, digestSchema])

export type Feed = z.infer<typeof feedSchema>
export type Alert = z.infer<typeof alertSchema>
export type Digest = z.infer<typeof digestSchema>
export type WatchDefinition = z.infer<typeof watchDefinitionSchema>
export type WatchType = WatchDefinition['type']

/** What a member sets: a query that answers by itself, and where it answers. */
export const watchDraftSchema = z.object({ channelId: snowflake, definition: watchDefinitionSchema })

export type WatchDraft = z.infer<typeof watchDraftSchema>

/** Why nothing can be posted in a channel. */
export const obstacleSchema = z.discriminatedUnion('type', [
  /** The channel was deleted. */
  z.object({ type: z.literal('channel') }),
  /** Custos lacks permissions there, by their names in discord-api-types; none if Discord does not say which. */
  z.object({ type: z.literal('permissions'), permissions: z.array(z.string()) }),
])

export type Obstacle = z.infer<typeof obstacleSchema>

/** A feed, alert or digest of a guild. */
export interface Watch<Definition extends WatchDefinition = WatchDefinition> extends WatchDraft {
  readonly guildId: Snowflake
  /** Its number in the guild, from 1. It is not used again when the watch is removed. */
  readonly number: number
  readonly definition: Definition
  readonly setBy: Snowflake
  /** The id of the interaction that set it: nothing older is posted. */
  readonly setAt: Snowflake
  /** The number of the last arrival that was handled. */
  readonly position: number
  /** The end of the last period that a digest has handled, in milliseconds since the Unix epoch. */
  readonly doneTo?: number | undefined
  /** Why nothing can be posted; absent while it can. */
  readonly paused?: Pause | undefined
}

export interface Pause {
  readonly obstacle: Obstacle
  /** In milliseconds since the Unix epoch. */
  readonly since: number
  /** Whether the member who set the watch was told, or could not be. */
  readonly isTold: boolean
}
