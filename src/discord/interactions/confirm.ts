import { type MessageComponentInteraction, PermissionFlagsBits } from 'discord.js'
import { UserError } from '../../core/errors.ts'
import { commandAt, type Desk, type InGuild, subcommandAt } from './bot-context.ts'
import type { Responder } from './responder.ts'
import { isFrom, questionOf } from './saved-query.ts'

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
  desk: Desk,
  interaction: InGuild<MessageComponentInteraction>,
  number: number,
  responder: Responder,
): Promise<void> {
  const { archive, clock, erasing } = desk
  const question = await questionOf(desk, interaction, number).catch((error: unknown) => {
    throw isFrom(interaction, archive.takenFrom(number)) ? new UserError(USED) : error
  })
  const { permission } = commandAt(desk, question.command)
  const subcommand = subcommandAt(desk, question.command)
  const asked = `\`/${question.command}\``
  if (!interaction.memberPermissions?.has(PermissionFlagsBits[permission])) {
    throw new UserError(`You need the **${PERMISSIONS[permission]}** permission for this.`)
  }
  if (!subcommand.confirmed) throw new UserError(`There is nothing to confirm. Ask ${asked} again.`)
  if (clock.now() - question.askedAt > VALID) {
    throw new UserError(
      `This was asked more than five minutes ago, and nothing was done. Ask ${asked} again.`,
    )
  }
  if (!(await archive.takeQuestion(number))) throw new UserError(USED)
  const report = (sentence: string) => responder.report(sentence)
  await responder.show(await subcommand.confirmed({ question, at: interaction.id, erasing, report }))
}
