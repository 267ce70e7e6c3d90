import { Client, Events, GatewayIntentBits, Options, RESTEvents } from 'discord.js'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { GatewayEvents } from './gateway/gateway-events.ts'
import { GuardedSharding } from './gateway/guarded-sharding.ts'
import type { RateLimits } from './rate-limits.ts'
import { sendRequest } from './told-waits.ts'

interface Means {
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
export function createClient(api: string, { events, rateLimits, clock, log }: Means): Client {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildModeration],
    // As many as Discord recommends; it refuses more than 2,500 guilds a shard.
    shards: 'auto',
    rest: { api, makeRequest: sendRequest, rejectOnRateLimit: rateLimits.rejects },
    ws: {
      buildStrategy: (manager) => {
        // discord.js is not given the RESUMED at which it would say this itself. How much was replayed is not counted.
        const onResumed = (shard: number) => client.emit(Events.ShardResume, shard, 0)
        return new GuardedSharding(manager, { events, clock, log, onResumed })
      },
    },
    allowedMentions: { parse: [] },
    // discord.js holds interactions back until the guilds have come; one that is out must not hold up the rest.
    waitGuildTimeout: 500,
    // Of what it is given, these would be kept with each interaction.
    makeCache: Options.cacheWithLimits({ GuildMemberManager: 0, UserManager: 0 }),
  })
  // discord.js forgets its token when Discord answers 401 even once. If it is wrong for good, the gateway says so.
  client.rest.on(RESTEvents.Response, (_, { status }) => {
    if (status === 401) setImmediate(() => client.token && client.rest.setToken(client.token))
  })
  return client
}
