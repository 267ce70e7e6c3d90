import { GatewayIntentBits } from 'discord-api-types/v10'

/** A process with nothing but a library, to compare the bot's memory with. */
export type Bare = 'node' | 'discord.js' | 'discord.js without caches' | '@discordjs/ws'

const { DISCORD_TOKEN: token = '', DISCORD_API: api = '' } = process.env

/** As Custos has them. */
const intents = GatewayIntentBits.Guilds | GatewayIntentBits.GuildModeration

/** Each loads what it needs and nothing else. */
const START: Readonly<Record<string, () => Promise<unknown>>> = {
  node: async () => setInterval(() => {}, 60_000),
  'discord.js': async () => {
    const { Client } = await import('discord.js')
    return new Client({ intents, shards: 'auto', rest: { api } }).login(token)
  },
  'discord.js without caches': async () => {
    const { Client, LimitedCollection } = await import('discord.js')
    const makeCache = () => new LimitedCollection<never, never>({ maxSize: 0 })
    return new Client({ intents, shards: 'auto', rest: { api }, makeCache }).login(token)
  },
  '@discordjs/ws': async () => {
    const { WebSocketManager } = await import('@discordjs/ws')
    // A dependency of @discordjs/ws, in the version that it needs.
    const { REST } = await import('@discordjs/rest')
    const rest = new REST({ api }).setToken(token)
    return new WebSocketManager({ token, intents, rest }).connect()
  },
} satisfies Record<Bare, () => Promise<unknown>>

await START[process.argv[2] ?? '']?.()
