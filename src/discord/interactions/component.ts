import type { MessageComponentInteraction } from 'discord.js'
import type { EntryRequest } from '../../command/command.ts'
import { knownAt, knownSince } from '../../core/coverage/known-coverage.ts'
import { UserError } from '../../core/errors.ts'
import { parseCustomId } from '../../core/query/component-action.ts'
import { withinDays } from '../../core/query/saved-query.ts'
import { firstIdAt, isSnowflake } from '../../core/snowflake.ts'
import { answer } from './answer.ts'
import { type BotContext, type InGuild, subcommandAt } from './bot-context.ts'
import { contextOf } from './command-context.ts'
import { confirm } from './confirm.ts'
import type { Responder } from './responder.ts'
import { savedQueryFor } from './saved-query.ts'

type Pressing = InGuild<MessageComponentInteraction>

/** Does what a button or a menu is for: turns a page, shows an entry, or goes on from there. */
export async function handleComponent(
  bot: BotContext,
  interaction: Pressing,
  responder: Responder,
): Promise<void> {
  const { guildId, user } = interaction
  // discord.js hands on whatever came.
  const customId: unknown = interaction.customId
  const pressed = typeof customId === 'string' ? parseCustomId(customId) : undefined
  if (!pressed) throw new UserError('I do not know this button any more. Ask again with `/audit`.')
  if (pressed.asker !== user.id) {
    throw new UserError('Only the one who asked can use this. Ask with `/audit` to get a list of your own.')
  }
  const staysInPlace = ['turn', 'window', 'confirm'].includes(pressed.does)
  await (staysInPlace ? responder.deferUpdate() : responder.defer('asker'))

  const { archive, entryView } = bot
  const context = contextOf(bot, interaction, responder)
  if (!context.mayView && !(await archive.lastQuery(guildId, user.id))?.letIn) {
    throw new UserError('You no longer have the **View Audit Log** permission here.')
  }
  switch (pressed.does) {
    case 'turn': {
      const query = await savedQueryFor(bot, interaction, pressed.question)
      const { turn: page, question: number } = pressed
      const subcommand = subcommandAt(bot, query.command)
      const status = bot.engine.status(guildId)
      const { askedAt, knownTo = firstIdAt(askedAt) } = query
      const known = knownAt(guildId, await archive.coverage(guildId), status, context.now)
      const coverage = knownSince(known, knownTo, askedAt)
      const notice = undefined
      await responder.show(
        await subcommand.answer({
          query,
          number,
          page,
          archive,
          coverage,
          syncStatus: status,
          notice,
          context,
        }),
      )
      break
    }
    case 'through': {
      const query = await savedQueryFor(bot, interaction, pressed.question)
      const { path, draft } = entryView.onBehalfOf(query)
      await answer(bot, { path, draft, guildId, askerId: user.id, place: context }, responder)
      break
    }
    case 'confirm':
      await confirm(bot, interaction, pressed.question, responder)
      break
    case 'window': {
      const query = await savedQueryFor(bot, interaction, pressed.question)
      const draft = withinDays(query, pressed.days, context.now)
      await answer(bot, { path: query.command, draft, guildId, askerId: user.id, place: context }, responder)
      break
    }
    case 'entry': {
      await savedQueryFor(bot, interaction, pressed.question)
      const entry = await showing(bot, interaction, chosenIn(interaction))
      await responder.show(await entryView.show(entry))
      break
    }
    case 'history': {
      const query = await savedQueryFor(bot, interaction, pressed.question)
      const { path, draft } = entryView.history(query, chosenIn(interaction))
      await answer(bot, { path, draft, guildId, askerId: user.id, place: context }, responder)
      break
    }
    case 'sides':
      await responder.show(await entryView.showDiff(await showing(bot, interaction, pressed.entry)))
      break
    default: {
      const { path, draft } = await entryView.navigate(
        await showing(bot, interaction, pressed.entry),
        pressed.does,
      )
      await answer(bot, { path, draft, guildId, askerId: user.id, place: context }, responder)
    }
  }
}

/** The longest value of a choice. https://docs.discord.com/developers/components/reference#string-select */
const LONGEST_VALUE = 100

/** What was chosen in a menu. @throws UserError when nothing was */
function chosenIn(interaction: Pressing): string {
  const chosen: unknown = interaction.isStringSelectMenu() ? interaction.values[0] : undefined
  if (typeof chosen === 'string' && chosen !== '' && chosen.length <= LONGEST_VALUE) return chosen
  throw new UserError('Discord did not say what was chosen. Try again.')
}

async function showing(
  { archive }: BotContext,
  { guildId, user }: Pressing,
  id: string,
): Promise<EntryRequest> {
  const entry = isSnowflake(id) ? await archive.entry(guildId, id) : undefined
  if (!entry) throw new UserError('I no longer have this entry.')
  return { entry, askerId: user.id, archive }
}
