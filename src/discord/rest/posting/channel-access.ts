import { type REST, RESTJSONErrorCodes, Routes } from 'discord.js'
import { isRecord } from '../../../core/json.ts'
import { isSnowflake, type Snowflake } from '../../../core/snowflake.ts'
import type { Obstacle } from '../../../core/watch/watch.ts'
import { hasCode, isForbidden } from '../errors.ts'
import { isThread, missingFrom, neededIn, permissionsIn } from './channel-permissions.ts'

type Payload = Readonly<Record<string, unknown>>

/** A channel of a guild. */
export interface Place {
  readonly guildId: Snowflake
  readonly channelId: Snowflake
}

/** What Custos may do in a channel. */
type Access =
  | { readonly type: 'known'; readonly permissions: bigint; readonly channel: Payload }
  /** It may not view it. */
  | { readonly type: 'hidden' }
  | { readonly type: 'deleted' }

interface Deps {
  readonly rest: REST
  /** The id of Custos; undefined until Discord has said it. */
  readonly ownId: () => Snowflake | undefined
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/**
 * Reads from Discord what Custos may do in channels. What several need at the same moment is read once, so that the feeds
 * of a server share the reading of its roles.
 */
export class ChannelAccess {
  readonly #deps: Deps
  /** What was requested a moment ago, by path. */
  readonly #readings = new Map<string, Promise<unknown>>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /**
   * What keeps Custos from posting in a channel; undefined if nothing does.
   * @throws if Discord does not say
   */
  async obstacleIn(place: Place, { hasFiles = false } = {}): Promise<Obstacle | undefined> {
    const access = await this.#read(place)
    if (access.type === 'deleted') return { type: 'channel' }
    if (access.type === 'hidden') return { type: 'permissions', permissions: ['ViewChannel'] }
    const missing = missingFrom(access.permissions, neededIn(access.channel, { hasFiles }))
    return missing.length === 0 ? undefined : { type: 'permissions', permissions: missing }
  }

  /**
   * Whether Custos may read the earlier messages of a channel.
   * @throws if Discord does not say
   */
  async readsHistoryOf(place: Place): Promise<boolean> {
    const access = await this.#read(place)
    return access.type === 'known' && missingFrom(access.permissions, ['ReadMessageHistory']).length === 0
  }

  async #read({ guildId, channelId }: Place): Promise<Access> {
    const userId = this.#deps.ownId()
    if (userId === undefined) throw new Error('Discord has not said yet who Custos is.')
    try {
      const [place, roles, member] = await Promise.all([
        this.#get(Routes.channel(channelId)),
        this.#get(Routes.guildRoles(guildId)),
        this.#get(Routes.guildMember(guildId, userId)),
      ])
      if (!isRecord(place) || !isRecord(member)) throw new Error('Discord’s response is not a channel.')
      if (place.guild_id !== guildId) return { type: 'deleted' }
      const parentId = isThread(place) ? place.parent_id : undefined
      const channel = isSnowflake(parentId) ? await this.#get(Routes.channel(parentId)) : place
      if (!isRecord(channel)) throw new Error('Discord’s response is not a channel.')
      const permissions = permissionsIn({ guildId, roles, member, userId, channel })
      return { type: 'known', permissions, channel: place }
    } catch (error) {
      if (isForbidden(error)) return { type: 'hidden' }
      if (hasCode(error, RESTJSONErrorCodes.UnknownChannel)) return { type: 'deleted' }
      throw error
    }
  }

  #get(path: `/${string}`): Promise<unknown> {
    const { rest, signal } = this.#deps
    const reading = this.#readings.get(path) ?? rest.get(path, { signal })
    this.#readings.set(path, reading)
    // A reading that began earlier could be older than the change because of which it is read now.
    setImmediate(() => this.#readings.delete(path))
    return reading
  }
}
