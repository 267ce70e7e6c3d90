import { GatewayDispatchEvents as Event } from 'discord.js'
import { parseEntry } from '../../core/audit-log/entry.ts'
import type { Clock } from '../../core/clock.ts'
import type { Log } from '../../core/log.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { CatchUp } from '../../sync/engine.ts'
import type { Ingest } from '../../sync/ingest.ts'
import { isInexact } from '../rest/exact-json.ts'
import { isRemoval, type Sent } from './event.ts'
import { followNames } from './follow-names.ts'
import type { GatewayEvents } from './gateway-events.ts'
import { KnownGuilds } from './known-guilds.ts'
import { goneFrom, isServedBy } from './ready.ts'

interface Means {
  readonly events: GatewayEvents
  readonly catchUp: CatchUp
  readonly ingest: Ingest
  readonly clock: Clock
  readonly log: Log
}

/**
 * Follows the gateway: every entry of every log as it is made, the names things go by, and whether the log may be viewed.
 * @returns what has to be known of the guilds at any time
 */
export function followGateway(means: Means): KnownGuilds {
  const { events, catchUp, ingest, clock } = means
  events.on(Event.GuildAuditLogEntryCreate, (guildId, sent) => hearEntry(means, guildId, sent))
  // A fresh session: what happened since the last one is never sent. Each guild follows, and is read then.
  events.onReady((ready) => {
    for (const guildId of goneFrom(ready, catchUp.guildIds)) catchUp.forget(guildId)
    const served = catchUp.guildIds.filter((guildId) => isServedBy(guildId, ready.shard))
    for (const guildId of [...ready.guildIds, ...served]) catchUp.of(guildId).cutOff()
  })
  events.on(Event.GuildCreate, (guildId) => catchUp.begin(guildId))
  events.on(Event.GuildDelete, (guildId, sent) => {
    if (isRemoval(sent)) catchUp.forget(guildId)
    else catchUp.leave(guildId)
  })
  followNames(events, clock, (learnt) => ingest.record(learnt))
  return new KnownGuilds(events, (guildId, mayView) => {
    if (mayView) catchUp.begin(guildId)
    else catchUp.bar(guildId)
  })
}

function hearEntry({ catchUp, ingest, log }: Means, guildId: Snowflake, sent: Sent): void {
  const parsed = parseEntry(guildId, sent)
  if ('refused' in parsed) {
    log.warn({ guild: guildId }, `An entry was skipped: ${parsed.refused}. What the log has of it is read.`)
    catchUp.readAgain(guildId)
    return
  }
  const { entry } = parsed
  ingest.record({ guildId, entries: [entry], from: 'gateway' })
  if (isInexact(entry.payload)) {
    log.warn(
      { guild: guildId, entry: entry.id },
      'An entry came with a number too large to be exact; it is read again.',
    )
    catchUp.readAgain(guildId)
  }
}
