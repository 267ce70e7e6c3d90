import type { MessageComponentInteraction } from 'discord.js'
import type { Showing } from '../../commands/command.ts'
import { readCustomId } from '../core/press.ts'
import type { Question } from '../core/question.ts'
import { UserError } from '../core/user-error.ts'
import { answer } from './answer.ts'
import { type Desk, type InGuild, subcommandAt } from './desk.ts'
import type { Responder } from './responder.ts'

type Pressing = InGuild<MessageComponentInteraction>

/** Does what a button or a menu is for: turns a page, shows an entry, or goes on from there. */
export async function press(desk: Desk, interaction: Pressing, responder: Responder): Promise<void> {
  const { guildId, user } = interaction
  const pressed = readCustomId(interaction.customId)
  if (!pressed) throw new UserError('I do not know this button any more. Ask again with `/audit`.')
  if (pressed.asker !== user.id) {
    throw new UserError('Only the one who asked can use this. Ask with `/audit` to get a list of your own.')
  }
  await (pressed.does === 'turn' ? responder.turn() : responder.think('asker'))

  const { archive, entryView } = desk
  switch (pressed.does) {
    case 'turn': {
      const question = await questionOf(desk, interaction, pressed.question)
      const { turn, question: number } = pressed
      const subcommand = subcommandAt(desk, question.command)
      await responder.show(await subcommand.answer({ question, number, turn, archive, notice: undefined }))
      break
    }
    case 'entry': {
      await questionOf(desk, interaction, pressed.question)
      const id = interaction.isStringSelectMenu() ? interaction.values[0] : undefined
      await responder.show(await entryView.show(await showing(desk, interaction, id)))
      break
    }
    case 'sides':
      await responder.show(await entryView.showSides(await showing(desk, interaction, pressed.entry)))
      break
    default: {
      const { path, draft } = await entryView.jump(
        await showing(desk, interaction, pressed.entry),
        pressed.does,
      )
      await answer(desk, { path, draft, guildId, askerId: user.id }, responder)
    }
  }
}

/** The question a list answers, if it was asked here and by the one who presses. */
async function questionOf({ archive }: Desk, { guildId, user }: Pressing, number: number): Promise<Question> {
  const question = await archive.question(number)
  if (question?.guildId === guildId && question.askerId === user.id) return question
  throw new UserError('I no longer have this list. Ask again with `/audit`.')
}

async function showing(
  { archive }: Desk,
  { guildId, user }: Pressing,
  id: string | undefined,
): Promise<Showing> {
  const entry = id === undefined ? undefined : await archive.entry(guildId, id)
  if (!entry) throw new UserError('I no longer have this entry.')
  return { entry, askerId: user.id, archive }
}
