import type {
  AutocompleteInteraction,
  BaseInteraction,
  ChatInputCommandInteraction,
  ContextMenuCommandInteraction,
} from 'discord.js'
import type { Asked } from '../core/when.ts'
import { answer } from './answer.ts'
import { type Desk, type InGuild, subcommandAt, unknownCommand } from './desk.ts'
import { placeOf } from './place.ts'
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
  const draft = subcommandAt(desk, path).ask(values, askedIn(desk, interaction))
  await responder.think(draft.public ? 'everyone' : 'asker')
  await answer(
    desk,
    { path, draft, guildId, askerId: user.id, place: placeOf(desk, interaction, responder) },
    responder,
  )
}

/** Answers a command of the menu of a user or a message. */
export async function askOf(
  desk: Desk,
  interaction: InGuild<ContextMenuCommandInteraction>,
  responder: Responder,
): Promise<void> {
  const { guildId, commandName, targetId, user } = interaction
  const command = desk.menuCommands.find(({ name }) => name === commandName)
  if (!command) throw unknownCommand()
  const { path, draft } = command.ask(targetId, askedIn(desk, interaction))
  await responder.think('asker')
  await answer(
    desk,
    { path, draft, guildId, askerId: user.id, place: placeOf(desk, interaction, responder) },
    responder,
  )
}

/** Offers values for the option that is being typed. */
export async function suggest(desk: Desk, interaction: InGuild<AutocompleteInteraction>): Promise<void> {
  const { commandName, options } = interaction
  const subcommand = subcommandAt(desk, `${commandName} ${options.getSubcommand()}`)
  const { name, value } = options.getFocused(true)
  await interaction.respond(await subcommand.suggest(name, value, askedIn(desk, interaction), desk.archive))
}

function askedIn({ clock }: Desk, { guild, guildId, id }: InGuild<BaseInteraction>): Asked {
  return { guildId, now: clock.momentOf(id), joinedAt: guild?.joinedTimestamp }
}
