import type { MessageComponentInteraction, ModalSubmitInteraction } from 'discord.js'
import { type Audience, findComponent } from '../../command/component.ts'
import type { CommandContext } from '../../command/context.ts'
import { resolveCommand } from '../../command/resolve-command.ts'
import { UserError } from '../../core/errors.ts'
import { answerQuery } from './answer.ts'
import type { BotContext, InGuild } from './bot-context.ts'
import { commandUser, contextOf, timeZoneIn } from './command-context.ts'
import { typedIn } from './form.ts'
import type { Responder } from './responder.ts'

/**
 * Answers a button or select menu: checks that the member may use it, and runs its handler. If the component has a form,
 * a press only shows the form, and what is submitted in it is answered.
 */
export async function handleComponent(
  bot: BotContext,
  interaction: InGuild<MessageComponentInteraction | ModalSubmitInteraction>,
  responder: Responder,
): Promise<void> {
  const { archive, commands, engine, erasing, log } = bot
  const { guildId, user, id: interactionId } = interaction
  // discord.js does not check its type.
  const customId: unknown = interaction.customId
  const found = typeof customId === 'string' ? findComponent(bot.components, customId) : undefined
  const submitted = interaction.isModalSubmit() ? interaction : undefined
  if (!found || (submitted && !found.form))
    throw new UserError('This button or menu no longer works. Run the command again.')
  const { mode, audience, form, handle } = found
  const askerId = user.id
  if (audience === 'asker' && found.askerId !== askerId) {
    throw new UserError(
      'Only the member who ran this command can use its buttons and menus. To use them, run it yourself.',
    )
  }
  if (form && !submitted) return responder.showForm(interaction.customId, form)
  await responder.defer(mode)
  const context = contextOf(bot, interaction, responder, await timeZoneIn(bot, guildId))
  await requireAccess(bot, context, interaction, audience)
  const chosen: unknown =
    !interaction.isModalSubmit() && interaction.isStringSelectMenu() ? interaction.values[0] : undefined
  const result = await handle({
    guildId,
    askerId,
    interactionId,
    commands,
    archive,
    erasing: { erase: (request, progress) => erasing.erase(request, progress, log) },
    syncStatus: () => engine.status(guildId),
    context,
    chosen: typeof chosen === 'string' ? chosen : undefined,
    typed: submitted && typedIn(submitted),
  })
  if ('draft' in result) {
    const command = resolveCommand(commands, result.path)
    await answerQuery(bot, { command, draft: result.draft, guildId, askerId, context }, responder)
  } else {
    await responder.show(result)
  }
}

/**
 * Checks that a member may see entries: with the permission, or because the guild's admins allow them `/audit`.
 * @throws UserError if they may not
 */
async function requireAccess(
  { archive, ownerRights, log }: BotContext,
  context: CommandContext,
  interaction: InGuild<MessageComponentInteraction | ModalSubmitInteraction>,
  audience: Audience,
): Promise<void> {
  if (context.hasPermission('ViewAuditLog')) return
  const { guildId, user } = interaction
  if (audience === 'asker' && (await archive.lastQuery(guildId, user.id))?.letIn) return
  // What is under a post leads to answers of which no query is stored.
  if ((await ownerRights.recently(commandUser(interaction), 'audit', log)) === 'granted') return
  throw new UserError(
    audience === 'asker'
      ? 'You no longer have the **View Audit Log** permission in this server.'
      : 'This takes the **View Audit Log** permission.',
  )
}
