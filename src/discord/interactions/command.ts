import type {
  AutocompleteInteraction,
  BaseInteraction,
  ChatInputCommandInteraction,
  ContextMenuCommandInteraction,
} from 'discord.js'
import type { Suggestion } from '../../command/command.ts'
import { UserError } from '../../core/errors.ts'
import { isSnowflake } from '../../core/snowflake.ts'
import type { ParseContext } from '../../core/time/when.ts'
import { answer } from './answer.ts'
import { type BotContext, type InGuild, subcommandAt, unknownCommand } from './bot-context.ts'
import { contextOf } from './command-context.ts'
import type { Responder } from './responder.ts'

/** Answers a command. What was typed is understood first, so that a mistake is told to the asker alone. */
export async function handleCommand(
  bot: BotContext,
  interaction: InGuild<ChatInputCommandInteraction>,
  responder: Responder,
): Promise<void> {
  const { guildId, commandName, options, user } = interaction
  const [chosen] = options.data
  const path = `${commandName} ${chosen?.name}`
  const values = Object.fromEntries((chosen?.options ?? []).map(({ name, value }) => [name, value]))
  const draft = subcommandAt(bot, path).parse(values, askedIn(bot, interaction))
  await responder.defer(draft.public ? 'everyone' : 'asker')
  await answer(
    bot,
    { path, draft, guildId, askerId: user.id, place: contextOf(bot, interaction, responder) },
    responder,
  )
}

/** Answers a command of the menu of a user or a message. */
export async function handleMenuCommand(
  bot: BotContext,
  interaction: InGuild<ContextMenuCommandInteraction>,
  responder: Responder,
): Promise<void> {
  const { guildId, commandName, targetId, user } = interaction
  const of = interaction.isUserContextMenuCommand() ? 'user' : 'message'
  const command = bot.menuCommands.find((each) => each.name === commandName && each.target === of)
  if (!command) throw unknownCommand()
  if (!isSnowflake(targetId)) throw new UserError(`Discord did not say which ${of} this is about. Try again.`)
  const { path, draft } = command.handle(targetId, askedIn(bot, interaction))
  await responder.defer('asker')
  await answer(
    bot,
    { path, draft, guildId, askerId: user.id, place: contextOf(bot, interaction, responder) },
    responder,
  )
}

/**
 * What to offer for the option that is being typed.
 * @throws UserError for a command that is no more
 */
export async function suggest(
  bot: BotContext,
  interaction: InGuild<AutocompleteInteraction>,
): Promise<Suggestion[]> {
  const { commandName, options } = interaction
  const [chosen] = options.data
  const subcommand = subcommandAt(bot, `${commandName} ${chosen?.name}`)
  const typed = chosen?.options?.find(({ focused }) => focused)
  if (!typed) return []
  return subcommand.suggest(typed.name, String(typed.value ?? ''), askedIn(bot, interaction), bot.archive)
}

function askedIn({ clock }: BotContext, { guild, guildId, id }: InGuild<BaseInteraction>): ParseContext {
  return { guildId, now: clock.momentOf(id), joinedAt: guild?.joinedTimestamp }
}
