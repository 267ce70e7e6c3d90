import { Client, GatewayIntentBits, Options, RESTEvents } from 'discord.js'
import type { Log } from '../core/log.ts'
import type { GatewayEvents } from './gateway/gateway-events.ts'
import { GuardedSharding } from './gateway/guarded-sharding.ts'
import type { RateLimits } from './rate-limits.ts'

interface Means {
  readonly events: GatewayEvents
  /** What decides which requests wait for a limit. */
  readonly rateLimits: RateLimits
  readonly log: Log
}

/**
 * A client that hears of guilds and their audit logs, and remembers little: Custos keeps what it needs in the
 * archive. Both intents are unprivileged. It is given little of what the gateway tells, and tells the rest as events.
 * @param api REST base without a version, such as `https://discord.com/api`; it also says where the gateway is
 */
export function createClient(api: string, { events, rateLimits, log }: Means): Client {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildModeration],
    // As many as Discord recommends; it refuses more than 2,500 guilds a shard.
    shards: 'auto',
    rest: { api, rejectOnRateLimit: rateLimits.rejects },
    ws: { buildStrategy: (manager) => new GuardedSharding(manager, events, log) },
    allowedMentions: { parse: [] },
    // discord.js holds interactions back until the guilds have come; one that is out must not hold up the rest.
    waitGuildTimeout: 500,
    makeCache: Options.cacheWithLimits({
      ApplicationCommandManager: 0,
      ApplicationEmojiManager: 0,
      AutoModerationRuleManager: 0,
      BaseGuildEmojiManager: 0,
      DMMessageManager: 0,
      EntitlementManager: 0,
      GuildBanManager: 0,
      GuildEmojiManager: 0,
      GuildForumThreadManager: 0,
      GuildInviteManager: 0,
      GuildMemberManager: 0,
      GuildMessageManager: 0,
      GuildScheduledEventManager: 0,
      GuildStickerManager: 0,
      GuildTextThreadManager: 0,
      MessageManager: 0,
      PresenceManager: 0,
      ReactionManager: 0,
      ReactionUserManager: 0,
      StageInstanceManager: 0,
      ThreadManager: 0,
      ThreadMemberManager: 0,
      UserManager: 0,
      VoiceStateManager: 0,
    }),
  })
  // discord.js forgets its token when Discord answers 401 even once. If it is wrong for good, the gateway says so.
  client.rest.on(RESTEvents.Response, (_, { status }) => {
    if (status === 401) setImmediate(() => client.token && client.rest.setToken(client.token))
  })
  return client
}
