import type {
  AutocompleteInteraction,
  BaseInteraction,
  ChatInputCommandInteraction,
  ContextMenuCommandInteraction,
} from 'discord.js'
import type { Suggestion } from '../../command/option.ts'
import { resolveCommand, unknownCommand } from '../../command/resolve-command.ts'
import { UserError } from '../../core/errors.ts'
import { inTime } from '../../core/in-time.ts'
import { isSnowflake } from '../../core/snowflake.ts'
import type { ParseContext } from '../../core/time/bound.ts'
import { SECOND } from '../../core/time/units.ts'
import { answerQuery } from './answer.ts'
import type { BotContext, InGuild } from './bot-context.ts'
import { chosenSubcommand } from './chosen-subcommand.ts'
import { contextOf, timeZoneIn } from './command-context.ts'
import type { Responder } from './responder.ts'

/**
 * How long a command waits for the guild's time zone, in milliseconds. Its options are parsed before the first response,
 * for which Discord waits three seconds.
 */
const ZONE_TIMEOUT = 2 * SECOND

/** Answers a slash command. Its options are parsed before it is deferred, so that an error is always ephemeral. */
export async function handleCommand(
  bot: BotContext,
  interaction: InGuild<ChatInputCommandInteraction>,
  responder: Responder,
): Promise<void> {
  const { guildId, user } = interaction
  const { command, options } = chosenIn(bot, interaction)
  const values = Object.fromEntries(options.map(({ name, value }) => [name, value]))
  const parsing = await parseContext(bot, interaction)
  const draft = command.subcommand.parse(values, parsing)
  await responder.defer(draft.public ? 'public' : 'ephemeral')
  const context = contextOf(bot, interaction, responder, parsing.timeZone)
  await answerQuery(bot, { command, draft, guildId, askerId: user.id, context }, responder)
}

/** Answers a command from the context menu of a user or a message. */
export async function handleMenuCommand(
  bot: BotContext,
  interaction: InGuild<ContextMenuCommandInteraction>,
  responder: Responder,
): Promise<void> {
  const { guildId, commandName, targetId, channelId, user } = interaction
  const target = interaction.isUserContextMenuCommand() ? 'user' : 'message'
  const menuCommand = bot.menuCommands.find((each) => each.name === commandName && each.target === target)
  if (!menuCommand) throw unknownCommand()
  if (!isSnowflake(targetId)) {
    throw new UserError(`Discord did not say which ${target} this is about. Try again.`)
  }
  const parsing = await parseContext(bot, interaction)
  const { path, draft } = menuCommand.handle(targetId, parsing, channelId ?? undefined)
  const command = resolveCommand(bot.commands, path)
  await responder.defer('ephemeral')
  const context = contextOf(bot, interaction, responder, parsing.timeZone)
  await answerQuery(bot, { command, draft, guildId, askerId: user.id, context }, responder)
}

/**
 * The suggestions for the option that a member is typing.
 * @throws UserError for a command that does not exist
 */
export async function suggest(
  bot: BotContext,
  interaction: InGuild<AutocompleteInteraction>,
): Promise<Suggestion[]> {
  const { command, options } = chosenIn(bot, interaction)
  const typed = options.find(({ focused }) => focused)
  if (!typed) return []
  const context = await parseContext(bot, interaction)
  return command.subcommand.suggest(typed.name, String(typed.value ?? ''), context, bot.archive)
}

/** The subcommand that was chosen, and its options as Discord sent them. */
function chosenIn(
  { commands }: BotContext,
  interaction: ChatInputCommandInteraction | AutocompleteInteraction,
) {
  const { path, options } = chosenSubcommand(interaction)
  return { command: resolveCommand(commands, path), options }
}

/** @throws UserError if the archive does not give the guild's time zone in time */
async function parseContext(
  bot: BotContext,
  { guildId, id }: InGuild<BaseInteraction>,
): Promise<ParseContext> {
  const { clock, guilds } = bot
  // What is being answered when Custos stops is answered first.
  const { signal } = new AbortController()
  const timeZone = await inTime(
    { clock, timeout: ZONE_TIMEOUT, signal },
    () => timeZoneIn(bot, guildId),
    () => {
      throw new UserError('Custos’s archive is busy. Try again in a minute.')
    },
  )
  return { guildId, now: clock.momentOf(id), timeZone, joinedAt: guilds.joinedAt(guildId) }
}
