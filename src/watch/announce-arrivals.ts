import type { Archive } from '../core/archive.ts'
import type { Snowflake } from '../core/snowflake.ts'

/**
 * The same archive, which says where something has arrived for feeds, alerts and digests.
 * @param announce called with the guilds, after what arrived is stored
 */
export function announceArrivals(
  archive: Archive,
  announce: (guildIds: readonly Snowflake[]) => void,
): Archive {
  const record: Archive['record'] = async (...parameters) => {
    const guildIds = await archive.record(...parameters)
    announce(guildIds)
    return guildIds
  }
  return new Proxy(archive, {
    get: (target, name) => (name === 'record' ? record : Reflect.get(target, name)),
  })
}
