import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js'
import { answer } from './answer.ts'
import { type Desk, type InGuild, subcommandAt } from './desk.ts'
import type { Responder } from './responder.ts'

/** Answers a command. What was typed is understood first, so that a mistake is told to the asker alone. */
export async function ask(
  desk: Desk,
  interaction: InGuild<ChatInputCommandInteraction>,
  responder: Responder,
): Promise<void> {
  const { guildId, commandName, options, user } = interaction
  const [chosen] = options.data
  const path = `${commandName} ${chosen?.name}`
  const values = Object.fromEntries((chosen?.options ?? []).map(({ name, value }) => [name, value]))
  const draft = subcommandAt(desk, path).ask(values, { guildId, now: desk.clock.now() })
  await responder.think(draft.public ? 'everyone' : 'asker')
  await answer(desk, { path, draft, guildId, askerId: user.id }, responder)
}

/** Offers values for the option that is being typed. */
export async function suggest(desk: Desk, interaction: InGuild<AutocompleteInteraction>): Promise<void> {
  const { guildId, commandName, options } = interaction
  const subcommand = subcommandAt(desk, `${commandName} ${options.getSubcommand()}`)
  const { name, value } = options.getFocused(true)
  const asked = { guildId, now: desk.clock.now() }
  await interaction.respond(await subcommand.suggest(name, value, asked, desk.archive))
}
