import { Client, Events, GatewayIntentBits, Options, RESTEvents } from 'discord.js'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { GatewayEvents } from './gateway/gateway-events.ts'
import { GuardedSharding } from './gateway/guarded-sharding.ts'
import type { RateLimits } from './rest/rate-limits.ts'
import { sendRequest } from './rest/told-waits.ts'

interface Deps {
  readonly events: GatewayEvents
  /** What decides which requests wait for a limit. */
  readonly rateLimits: RateLimits
  /** The machine's. */
  readonly clock: Clock
  readonly log: Log
}

/**
 * A client that hears of guilds and their audit logs. All that the gateway tells comes as `events`; discord.js itself is
 * given what it needs for interactions, and remembers little. Both intents are unprivileged.
 * @param api REST base without a version, such as `https://discord.com/api`; it also says where the gateway is
 */
export function createClient(api: string, { events, rateLimits, clock, log }: Deps): Client {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildModeration],
    // As many as Discord recommends; it refuses more than 2,500 guilds a shard.
    shards: 'auto',
    rest: { api, makeRequest: sendRequest, rejectOnRateLimit: rateLimits.rejects },
    ws: {
      buildStrategy: (manager) => {
        const onResumed = (shard: number) => {
          // discord.js is not given the RESUMED at which it would say this itself. How much was replayed is not counted.
          client.emit(Events.ShardResume, shard, 0)
          becomeReady()
        }
        return new GuardedSharding(manager, { events, clock, log, onResumed })
      },
    },
    allowedMentions: { parse: [] },
    // discord.js holds interactions back until the guilds have come; one that is out must not hold up the rest.
    waitGuildTimeout: 500,
    // Of what it is given, these would be kept with each interaction.
    makeCache: Options.cacheWithLimits({ GuildMemberManager: 0, UserManager: 0 }),
  })
  const becomeReady = readinessOf(client)
  // discord.js forgets its token when Discord answers 401 even once. If it is wrong for good, the gateway says so.
  client.rest.on(RESTEvents.Response, (_, { status }) => {
    if (status === 401) setImmediate(() => client.token && client.rest.setToken(client.token))
  })
  return client
}

/**
 * Has a client look whether all its shards are ready. discord.js looks only when a shard has begun a session. Where
 * another shard was connecting anew at that moment, it would never look again, and hold all interactions back.
 */
function readinessOf({ ws }: Client): () => void {
  // Private in discord.js, which offers no other way.
  const check: unknown = Reflect.get(ws, 'checkShardsReady')
  if (typeof check !== 'function') throw new Error('discord.js does not become ready where it did.')
  return () => void Reflect.apply(check, ws, [])
}
