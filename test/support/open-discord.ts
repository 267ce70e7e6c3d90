import { GatewayIntentBits as Intent } from 'discord-api-types/v10'
import { expect, onTestFinished } from 'vitest'
import type { Actor } from '../../sandbox/actions/actor.ts'
import { Discord, type DiscordOptions } from '../../sandbox/discord.ts'
import { createTown, type Town } from '../../sandbox/town/town.ts'
import type { AtEnd } from './at-end.ts'
import { ManualClock } from './manual-clock.ts'
import { GatewayClient } from './sandbox/gateway-client.ts'
import { RestClient } from './sandbox/rest-client.ts'
import { checkSchemas } from './sandbox/schemas.ts'

export const TOKEN = 'a-token-of-the-sandbox'

/** A Discord with a guild and a manual clock, but without Custos: the test itself is the bot. */
export interface OpenDiscord {
  readonly clock: ManualClock
  readonly discord: Discord
  readonly town: Town
  /** REST with the bot's token. */
  readonly rest: RestClient
  /** A moderator as actor, by index in `town.moderators`. */
  actor(moderator: number): Actor
  /** Opens a gateway connection and receives its HELLO. */
  connect(): Promise<GatewayClient>
  /** Opens a gateway connection, identifies, and receives the events that follow. */
  listen(intents?: number, shard?: readonly [number, number]): Promise<GatewayClient>
}

/** Starts a Discord until the test ends. All request and response bodies are checked against Discord's schema. */
export async function openDiscord(
  options: Omit<DiscordOptions, 'clock'> = {},
  atEnd: AtEnd = onTestFinished,
): Promise<OpenDiscord> {
  const clock = new ManualClock()
  const discord = await Discord.start({ ...options, clock })
  const problems = checkSchemas(discord)
  const town = createTown(discord, TOKEN)
  atEnd(async () => {
    await discord.stop()
    expect(problems).toEqual([])
  })
  const connect = async () => {
    const client = await GatewayClient.connect(discord.gateway.url)
    await client.next()
    return client
  }
  return {
    clock,
    discord,
    town,
    rest: new RestClient(discord.api, TOKEN),
    actor: (index) => ({
      world: discord.world,
      guild: town.guild,
      actorId: town.moderators[index]?.id ?? '',
    }),
    connect,
    listen: async (intents = Intent.Guilds | Intent.GuildModeration, shard) => {
      const client = await connect()
      await client.identify({ token: TOKEN, intents, ...(shard && { shard }) })
      return client
    },
  }
}
