import type { Archive } from '../core/archive.ts'
import type { Snowflake } from '../core/snowflake.ts'

/** What feeds, alerts and digests have to know of. Each is called after it is stored. */
interface Announced {
  /** Something has arrived in guilds. */
  readonly arrived: (guildIds: readonly Snowflake[]) => void
  /** The time zone of a guild was set. */
  readonly timeZoneSet: (guildId: Snowflake) => void
  /** All data of a guild was deleted, or all up to a moment. */
  readonly erased: (guildId: Snowflake) => void
}

/** The same archive, which says what has changed in it for feeds, alerts and digests. */
export function announceChanges(archive: Archive, announced: Announced): Archive {
  const record: Archive['record'] = async (...parameters) => {
    const guildIds = await archive.record(...parameters)
    announced.arrived(guildIds)
    return guildIds
  }
  const recordOperation: Archive['recordOperation'] = async (guildId, operation) => {
    await archive.recordOperation(guildId, operation)
    if (operation.detail.type === 'time zone') announced.timeZoneSet(guildId)
  }
  const beginErasing: Archive['beginErasing'] = async (request) => {
    const entries = await archive.beginErasing(request)
    if (request.memberId === undefined) announced.erased(request.guildId)
    return entries
  }
  const purge: Archive['purge'] = async (guildId) => {
    const entries = await archive.purge(guildId)
    announced.erased(guildId)
    return entries
  }
  const within: Archive['within'] = (...parameters) =>
    announceChanges(archive.within(...parameters), announced)
  const own: Readonly<Record<string | symbol, unknown>> = {
    record,
    recordOperation,
    beginErasing,
    purge,
    within,
  }
  return new Proxy(archive, { get: (target, name) => own[name] ?? Reflect.get(target, name) })
}
