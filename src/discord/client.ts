import { Client, Events, GatewayIntentBits, Options } from 'discord.js'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { Gate } from '../core/sharding/gate.ts'
import type { Leases } from '../core/sharding/leases.ts'
import type { SomeShards } from '../core/sharding/shards.ts'
import { GuardedSharding } from './connection/guarded-sharding.ts'
import type { ShardStates } from './connection/shard-states.ts'
import { SharedIdentifyThrottler } from './connection/shared-identify-throttler.ts'
import { handleInteractionsEarly } from './early-interactions.ts'
import type { GatewayEvents } from './gateway/gateway-events.ts'
import { privateMethod } from './private-method.ts'
import { keepToken } from './rest/log-clients.ts'
import { sendRequest } from './rest/rate-limit-headers.ts'
import type { RateLimits } from './rest/rate-limits.ts'

interface Deps {
  readonly events: GatewayEvents
  /** Decides which requests wait for a limit. */
  readonly rateLimits: RateLimits
  /** Follows the shards of the client. */
  readonly states: ShardStates
  /** The host's clock. */
  readonly clock: Clock
  readonly log: Log
  /** The shards of this process; undefined for as many as Discord recommends, all of them. */
  readonly assigned?: SomeShards | undefined
  /** Is open while they may be connected. */
  readonly gate: Gate
  /** Reserves an IDENTIFY among those of all processes; undefined if there is only this one. */
  readonly reserveIdentify?: Leases['reserveIdentify'] | undefined
}

/**
 * A client that receives guilds and their audit logs. Gateway events go to `events`; discord.js gets the sessions and the
 * interactions, and no guilds, of which it would cache kilobytes each. Both intents are unprivileged.
 * @param api REST base without a version, such as `https://discord.com/api`; it also says where the gateway is
 */
export function createClient(
  api: string,
  { events, rateLimits, states, clock, log, assigned, gate, reserveIdentify }: Deps,
): Client {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildModeration],
    // Discord rejects a shard with more than 2,500 guilds, so that what it recommends is enough.
    ...(assigned ? { shards: assigned.ids, shardCount: assigned.count } : { shards: 'auto' as const }),
    rest: { api, makeRequest: sendRequest, rejectOnRateLimit: rateLimits.rejects },
    ws: {
      buildStrategy: (manager) => {
        const onResumed = (shard: number) => {
          // discord.js does not get the RESUMED event that makes it emit this. The number of replayed events is not counted.
          client.emit(Events.ShardResume, shard, 0)
          checkReady()
        }
        return new GuardedSharding(manager, { events, states, gate, clock, log, onResumed })
      },
      ...(reserveIdentify && {
        buildIdentifyThrottler: async (manager) => {
          const { session_start_limit } = await manager.fetchGatewayInformation()
          const { max_concurrency } = session_start_limit
          return new SharedIdentifyThrottler(max_concurrency, { reserveIdentify, gate, clock, log })
        },
      }),
    },
    allowedMentions: { parse: [] },
    // It gets no guilds. Every interaction would add to these caches.
    makeCache: Options.cacheWithLimits({ GuildMemberManager: 0, UserManager: 0 }),
  })
  const checkReady = readinessCheckOf(client)
  keepToken(client.rest, () => client.token)
  handleInteractionsEarly(client)
  return client
}

/**
 * Makes a client check whether all its shards are ready. discord.js checks only when a shard starts a session. If another
 * shard is reconnecting at that moment, it would never check again, and never be ready.
 */
function readinessCheckOf({ ws }: Client): () => void {
  const check = privateMethod(ws, 'checkShardsReady')
  return () => void Reflect.apply(check, ws, [])
}
