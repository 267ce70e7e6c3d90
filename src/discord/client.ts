import { Client, GatewayIntentBits, Options, RESTEvents, SimpleShardingStrategy } from 'discord.js'
import { patient } from './patient-shards.ts'

/**
 * A client that hears of guilds and their audit logs, and remembers little: Custos keeps what it needs in the
 * archive. Both intents are unprivileged.
 * @param api REST base without a version, such as `https://discord.com/api`; it also says where the gateway is
 */
export function createClient(api: string): Client {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildModeration],
    // As many as Discord recommends; it refuses more than 2,500 guilds a shard.
    shards: 'auto',
    rest: { api },
    ws: { buildStrategy: (manager) => patient(new SimpleShardingStrategy(manager)) },
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
      // The bot itself is remembered, to know what it may do.
      GuildMemberManager: { maxSize: 0, keepOverLimit: ({ id, client }) => id === client.user.id },
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
