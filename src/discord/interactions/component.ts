import type { MessageComponentInteraction, ModalSubmitInteraction } from 'discord.js'
import { findComponent } from '../../command/component.ts'
import { resolveCommand } from '../../command/resolve-command.ts'
import { UserError } from '../../core/errors.ts'
import { answerQuery } from './answer.ts'
import type { BotContext, InGuild } from './bot-context.ts'
import { contextOf, timeZoneIn } from './command-context.ts'
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
  const { mode, form, askerId, handle } = found
  if (askerId !== user.id) {
    throw new UserError(
      'Only the member who ran this command can use its buttons and menus. To use them, run it yourself.',
    )
  }
  if (form && !submitted) return responder.showForm(interaction.customId, form)
  await responder.defer(mode)
  const context = contextOf(bot, interaction, responder, await timeZoneIn(bot, guildId))
  if (!context.hasPermission('ViewAuditLog') && !(await archive.lastQuery(guildId, askerId))?.letIn) {
    throw new UserError('You no longer have the **View Audit Log** permission in this server.')
  }
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
