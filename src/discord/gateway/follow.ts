import { GatewayDispatchEvents as Event } from 'discord.js'
import { parseEntry } from '../../core/audit-log/entry.ts'
import type { Clock } from '../../core/clock.ts'
import type { Log } from '../../core/log.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { SyncEngine } from '../../sync/engine.ts'
import type { Ingest } from '../../sync/ingest/ingest.ts'
import { isInexact } from '../rest/exact-json.ts'
import { isRemoval, type Sent } from './event.ts'
import { listenForNames } from './follow-names.ts'
import type { GatewayEvents } from './gateway-events.ts'
import { KnownGuilds } from './known-guilds.ts'
import { goneFrom, isServedBy } from './ready.ts'

interface Deps {
  readonly events: GatewayEvents
  readonly engine: SyncEngine
  readonly ingest: Ingest
  readonly clock: Clock
  readonly log: Log
}

/**
 * Follows the gateway: every entry of every log as it is made, the names things go by, and whether the log may be viewed.
 * @returns what has to be known of the guilds at any time
 */
export function listenToGateway(deps: Deps): KnownGuilds {
  const { events, engine, ingest, clock } = deps
  events.on(Event.GuildAuditLogEntryCreate, (guildId, sent) => hearEntry(deps, guildId, sent))
  // A fresh session: what happened since the last one is never sent. Each guild follows, and is read then.
  events.onReady((ready) => {
    for (const guildId of goneFrom(ready, engine.guildIds)) engine.guildRemoved(guildId)
    const served = engine.guildIds.filter((guildId) => isServedBy(guildId, ready.shard))
    for (const guildId of [...ready.guildIds, ...served]) engine.of(guildId).markDisconnected()
  })
  events.on(Event.GuildCreate, (guildId) => engine.guildAvailable(guildId))
  events.on(Event.GuildDelete, (guildId, sent) => {
    if (isRemoval(sent)) engine.guildRemoved(guildId)
    else engine.guildUnavailable(guildId)
  })
  listenForNames(events, clock, (update) => ingest.record(update))
  return new KnownGuilds(events, (guildId, mayView) => {
    if (mayView) engine.guildAvailable(guildId)
    else engine.accessLost(guildId)
  })
}

function hearEntry({ engine, ingest, log }: Deps, guildId: Snowflake, sent: Sent): void {
  const parsed = parseEntry(guildId, sent)
  if ('rejected' in parsed) {
    log.warn({ guild: guildId }, `An entry was skipped: ${parsed.rejected}. What the log has of it is read.`)
    engine.resync(guildId)
    return
  }
  const { entry } = parsed
  ingest.record({ guildId, entries: [entry], from: 'gateway' })
  if (isInexact(entry.payload)) {
    log.warn(
      { guild: guildId, entry: entry.id },
      'An entry came with a number too large to be exact; it is read again.',
    )
    engine.resync(guildId)
  }
}
