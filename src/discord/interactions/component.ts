import type { MessageComponentInteraction } from 'discord.js'
import type { Showing } from '../../command/command.ts'
import { knownAt, knownSince } from '../../core/coverage/coverage.ts'
import { UserError } from '../../core/errors.ts'
import { readCustomId } from '../../core/query/component-action.ts'
import { withinDays } from '../../core/query/saved-query.ts'
import { firstIdAt, isSnowflake } from '../../core/snowflake.ts'
import { answer } from './answer.ts'
import { type Desk, type InGuild, subcommandAt } from './bot-context.ts'
import { placeOf } from './command-context.ts'
import { confirm } from './confirm.ts'
import type { Responder } from './responder.ts'
import { questionOf } from './saved-query.ts'

type Pressing = InGuild<MessageComponentInteraction>

/** Does what a button or a menu is for: turns a page, shows an entry, or goes on from there. */
export async function press(desk: Desk, interaction: Pressing, responder: Responder): Promise<void> {
  const { guildId, user } = interaction
  // discord.js hands on whatever came.
  const customId: unknown = interaction.customId
  const pressed = typeof customId === 'string' ? readCustomId(customId) : undefined
  if (!pressed) throw new UserError('I do not know this button any more. Ask again with `/audit`.')
  if (pressed.asker !== user.id) {
    throw new UserError('Only the one who asked can use this. Ask with `/audit` to get a list of your own.')
  }
  const staysInPlace = ['turn', 'window', 'confirm'].includes(pressed.does)
  await (staysInPlace ? responder.turn() : responder.think('asker'))

  const { archive, entryView } = desk
  const place = placeOf(desk, interaction, responder)
  if (!place.mayView && !(await archive.lastAsked(guildId, user.id))?.letIn) {
    throw new UserError('You no longer have the **View Audit Log** permission here.')
  }
  switch (pressed.does) {
    case 'turn': {
      const question = await questionOf(desk, interaction, pressed.question)
      const { turn, question: number } = pressed
      const subcommand = subcommandAt(desk, question.command)
      const standing = desk.catchUp.standing(guildId)
      const { askedAt, knownTo = firstIdAt(askedAt) } = question
      const known = knownAt(guildId, await archive.coverage(guildId), standing, place.now)
      const coverage = knownSince(known, knownTo, askedAt)
      const notice = undefined
      await responder.show(
        await subcommand.answer({ question, number, turn, archive, coverage, standing, notice, place }),
      )
      break
    }
    case 'through': {
      const question = await questionOf(desk, interaction, pressed.question)
      const { path, draft } = entryView.through(question)
      await answer(desk, { path, draft, guildId, askerId: user.id, place }, responder)
      break
    }
    case 'confirm':
      await confirm(desk, interaction, pressed.question, responder)
      break
    case 'window': {
      const question = await questionOf(desk, interaction, pressed.question)
      const draft = withinDays(question, pressed.days, place.now)
      await answer(desk, { path: question.command, draft, guildId, askerId: user.id, place }, responder)
      break
    }
    case 'entry': {
      await questionOf(desk, interaction, pressed.question)
      const entry = await showing(desk, interaction, chosenIn(interaction))
      await responder.show(await entryView.show(entry))
      break
    }
    case 'history': {
      const question = await questionOf(desk, interaction, pressed.question)
      const { path, draft } = entryView.history(question, chosenIn(interaction))
      await answer(desk, { path, draft, guildId, askerId: user.id, place }, responder)
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
      await answer(desk, { path, draft, guildId, askerId: user.id, place }, responder)
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

async function showing({ archive }: Desk, { guildId, user }: Pressing, id: string): Promise<Showing> {
  const entry = isSnowflake(id) ? await archive.entry(guildId, id) : undefined
  if (!entry) throw new UserError('I no longer have this entry.')
  return { entry, askerId: user.id, archive }
}
