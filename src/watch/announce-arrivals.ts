import type { Archive } from '../core/archive.ts'
import type { Snowflake } from '../core/snowflake.ts'

/**
 * The same archive, which says where something has arrived for feeds, alerts and digests, and where times have changed.
 * @param announce called with the guilds, after what arrived is stored
 * @param timeZoneSet called with a guild whose time zone was set
 */
export function announceArrivals(
  archive: Archive,
  announce: (guildIds: readonly Snowflake[]) => void,
  timeZoneSet: (guildId: Snowflake) => void = () => {},
): Archive {
  const record: Archive['record'] = async (...parameters) => {
    const guildIds = await archive.record(...parameters)
    announce(guildIds)
    return guildIds
  }
  const recordOperation: Archive['recordOperation'] = async (guildId, operation) => {
    await archive.recordOperation(guildId, operation)
    if (operation.detail.type === 'time zone') timeZoneSet(guildId)
  }
  const within: Archive['within'] = (...parameters) =>
    announceArrivals(archive.within(...parameters), announce, timeZoneSet)
  const announced: Readonly<Record<string | symbol, unknown>> = { record, recordOperation, within }
  return new Proxy(archive, { get: (target, name) => announced[name] ?? Reflect.get(target, name) })
}
