import { GatewayIntentBits as Intent } from 'discord-api-types/v10'
import { expect, onTestFinished } from 'vitest'
import type { Actor } from '../../sandbox/actions/actor.ts'
import { Discord, type DiscordOptions } from '../../sandbox/discord.ts'
import { createTown, type Town } from '../../sandbox/town/town.ts'
import type { AtEnd } from './at-end.ts'
import { GatewayClient } from './gateway-client.ts'
import { ManualClock } from './manual-clock.ts'
import { RestClient } from './rest-client.ts'
import { checkSchemas } from './schemas.ts'

export const TOKEN = 'a-token-of-the-sandbox'

/** A Discord with a guild and a clock that the test moves, and no Custos: the test itself is the bot. */
export interface OpenDiscord {
  readonly clock: ManualClock
  readonly discord: Discord
  readonly town: Town
  /** REST with the bot's token. */
  readonly rest: RestClient
  /** Where a moderator acts, by their place in the town's list. */
  actor(moderator: number): Actor
  /** A connection that has been greeted, on which nobody has identified yet. */
  connect(): Promise<GatewayClient>
  /** A connection on which the bot has identified, with all that Discord says to that heard. */
  listen(intents?: number, shard?: readonly [number, number]): Promise<GatewayClient>
}

/** Opens a Discord for the test. Every body it hands out is checked against Discord's published schema. */
export async function openDiscord(
  options: Omit<DiscordOptions, 'clock'> = {},
  atEnd: AtEnd = onTestFinished,
): Promise<OpenDiscord> {
  const clock = new ManualClock()
  const discord = await Discord.start({ ...options, clock })
  const faults = checkSchemas(discord)
  const town = createTown(discord, TOKEN)
  atEnd(async () => {
    await discord.stop()
    expect(faults).toEqual([])
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
