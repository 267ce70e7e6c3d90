import { type MessageComponentInteraction, PermissionFlagsBits } from 'discord.js'
import { UserError } from '../../core/errors.ts'
import { type BotContext, commandAt, type InGuild, subcommandAt } from './bot-context.ts'
import type { Responder } from './responder.ts'
import { isFrom, savedQueryFor } from '../../command/lookup.ts'

/** For how long what was asked can be confirmed, in milliseconds. */
const VALID = 5 * 60_000

const USED = 'This was confirmed already, and is done once. `/audit status` tells what is held now.'

/** Names of permissions as Discord shows them. */
const PERMISSIONS = { ViewAuditLog: 'View Audit Log', ManageGuild: 'Manage Server' } as const

/**
 * Does what an answer asked to be confirmed, if it was asked lately and the member may still ask it. It is done once,
 * however often its button is pressed.
 * @throws UserError when not
 */
export async function confirm(
  bot: BotContext,
  interaction: InGuild<MessageComponentInteraction>,
  number: number,
  responder: Responder,
): Promise<void> {
  const { archive, clock, erasing } = bot
  const query = await savedQueryFor(bot, interaction, number).catch((error: unknown) => {
    throw isFrom(interaction, archive.takenFrom(number)) ? new UserError(USED) : error
  })
  const { permission } = commandAt(bot, query.command)
  const subcommand = subcommandAt(bot, query.command)
  const asked = `\`/${query.command}\``
  if (!interaction.memberPermissions?.has(PermissionFlagsBits[permission])) {
    throw new UserError(`You need the **${PERMISSIONS[permission]}** permission for this.`)
  }
  if (!subcommand.confirmed) throw new UserError(`There is nothing to confirm. Ask ${asked} again.`)
  if (clock.now() - query.askedAt > VALID) {
    throw new UserError(
      `This was asked more than five minutes ago, and nothing was done. Ask ${asked} again.`,
    )
  }
  if (!(await archive.takeQuery(number))) throw new UserError(USED)
  const report = (sentence: string) => responder.report(sentence)
  await responder.show(await subcommand.confirmed({ query, at: interaction.id, erasing, report }))
}
