import { type Client, GatewayDispatchEvents as Event } from 'discord.js'
import type { Clock } from '../core/clock.ts'
import { isRecord, parseEntry } from '../core/entry.ts'
import type { Log } from '../core/log.ts'
import { isSnowflake, type Snowflake } from '../core/snowflake.ts'
import type { CatchUp } from '../sync/catch-up.ts'
import type { Ingest } from '../sync/ingest.ts'
import { isInexact } from './exact-json.ts'
import { followNames } from './follow-names.ts'
import { followPermission } from './follow-permission.ts'

interface Means {
  readonly client: Client
  readonly catchUp: CatchUp
  readonly ingest: Ingest
  readonly clock: Clock
  readonly log: Log
}

/** Follows the gateway: every entry of every log as it is made, and the names things go by. */
export function followGateway(means: Means): void {
  const { client, catchUp, ingest, clock } = means
  const { ws } = client
  ws.on(Event.GuildAuditLogEntryCreate, (sent: unknown) => hearEntry(means, sent))
  // A fresh session: what happened since the last one is never sent. Each guild follows, and is read then.
  ws.on(Event.Ready, (sent: unknown) => {
    const guilds = isRecord(sent) && Array.isArray(sent.guilds) ? sent.guilds : []
    for (const guildId of guilds.flatMap(idOf)) catchUp.of(guildId).cutOff()
  })
  ws.on(Event.GuildCreate, (sent: unknown) => {
    for (const guildId of idOf(sent)) catchUp.begin(guildId)
  })
  // An outage is no removal. https://docs.discord.com/developers/events/gateway-events#guild-delete
  ws.on(Event.GuildDelete, (sent: unknown) => {
    const isOut = isRecord(sent) && sent.unavailable === true
    for (const guildId of idOf(sent)) isOut ? catchUp.leave(guildId) : catchUp.forget(guildId)
  })
  followNames(ws, clock, (learnt) => ingest.record(learnt))
  followPermission(client, catchUp)
}

function hearEntry({ catchUp, ingest, log }: Means, sent: unknown): void {
  if (!isRecord(sent) || !isSnowflake(sent.guild_id)) {
    log.warn({}, 'An entry came from no guild.')
    return
  }
  const guildId = sent.guild_id
  const parsed = parseEntry(guildId, sent)
  // After this listener discord.js builds its own class of the same object, which throws on entries that Discord
  // really sends and would end the process. Without a guild it leaves them alone.
  Reflect.deleteProperty(sent, 'guild_id')
  if ('entry' in parsed) ingest.record({ guildId, entries: [parsed.entry], from: 'gateway' })
  else log.warn({ guild: guildId, entry: sent.id }, `An entry was skipped: ${parsed.refused}.`)
  if (isInexact(sent)) {
    log.warn(
      { guild: guildId, entry: sent.id },
      'An entry came with a number too large to be exact; it is read again.',
    )
    catchUp.begin(guildId)
  }
}

function idOf(sent: unknown): Snowflake[] {
  return isRecord(sent) && isSnowflake(sent.id) ? [sent.id] : []
}
