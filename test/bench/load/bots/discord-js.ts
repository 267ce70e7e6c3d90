import { type ChatInputCommandInteraction, Client, Events, GatewayIntentBits, MessageFlags } from 'discord.js'
import { FIXED_ANSWER } from './fixed-answer.ts'

// A bot on plain discord.js, as its guide writes it, that answers every command with the same embed.

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildModeration],
  ...(process.env.DISCORD_API !== undefined && { rest: { api: process.env.DISCORD_API } }),
})
client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) void answer(interaction)
})
process.once('SIGTERM', async () => {
  await client.destroy()
  process.exit(0)
})
await client.login(process.env.DISCORD_TOKEN)

async function answer(interaction: ChatInputCommandInteraction): Promise<void> {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  await interaction.editReply(FIXED_ANSWER)
}
