import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  MessageComponentInteraction,
} from 'discord.js'
import type { Command, Subcommand } from '../../commands/command.ts'
import type { Archive } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import { FIRST_PAGE, readCustomId } from '../core/press.ts'
import type { Draft, Question } from '../core/question.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { targetId } from '../core/target.ts'
import { UserError } from '../core/user-error.ts'
import type { CatchUp } from './catch-up.ts'
import { hindranceOf, noticeOf, progressSentence } from './notice.ts'
import type { Responder } from './responder.ts'

/** What answers are made with. */
export interface Desk {
  readonly commands: readonly Command[]
  readonly archive: Archive
  readonly catchUp: CatchUp
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

type InGuild<Kind> = Kind & { readonly guildId: Snowflake }

/** Answers a command: reads what is new from Discord, then the answer from the archive. */
export async function ask(
  desk: Desk,
  interaction: InGuild<ChatInputCommandInteraction>,
  responder: Responder,
): Promise<void> {
  const { guildId, commandName, options, user } = interaction
  const [chosen] = options.data
  const path = `${commandName} ${chosen?.name}`
  const { subcommand } = find(desk, path)
  const values = Object.fromEntries((chosen?.options ?? []).map(({ name, value }) => [name, value]))
  const now = desk.clock.now()
  const draft = subcommand.ask(values, { guildId, now })

  await responder.think(draft.public ? 'everyone' : 'asker')
  const { notice, filter, asOf } = await prepare(desk, guildId, draft, responder)
  const { order, limit } = draft
  const question: Question = {
    command: path,
    guildId,
    askerId: user.id,
    filter,
    order,
    ...(limit !== undefined && { limit }),
    ...(asOf !== undefined && { asOf }),
  }
  const number = await desk.archive.keepQuestion(question, now)
  await responder.show(
    await subcommand.answer({ question, number, turn: FIRST_PAGE, archive: desk.archive, notice }),
  )
}

/** Turns a page, or shows the entry that was chosen. */
export async function press(
  desk: Desk,
  interaction: InGuild<MessageComponentInteraction>,
  responder: Responder,
): Promise<void> {
  const { archive } = desk
  const pressed = readCustomId(interaction.customId)
  if (!pressed) throw new UserError('I do not know this button any more. Ask again with `/audit`.')
  if (pressed.asker !== interaction.user.id) {
    throw new UserError('Only the one who asked can use this. Ask with `/audit` to get a list of your own.')
  }
  await (pressed.does === 'turn' ? responder.turn() : responder.think('asker'))

  const question = await archive.question(pressed.question)
  if (question?.guildId !== interaction.guildId || question.askerId !== interaction.user.id) {
    throw new UserError('I no longer have this list. Ask again with `/audit`.')
  }
  const { command, subcommand } = find(desk, question.command)
  if (pressed.does === 'turn') {
    const { turn, question: number } = pressed
    await responder.show(await subcommand.answer({ question, number, turn, archive, notice: undefined }))
    return
  }
  const id = interaction.isStringSelectMenu() ? interaction.values[0] : undefined
  const entry = id === undefined ? undefined : await archive.entry(question.guildId, id)
  if (!entry) throw new UserError('I no longer have this entry.')
  await responder.show(command.showEntry(entry))
}

/** Offers values for the option that is being typed. */
export async function suggest(desk: Desk, interaction: InGuild<AutocompleteInteraction>): Promise<void> {
  const { guildId, commandName, options } = interaction
  const { subcommand } = find(desk, `${commandName} ${options.getSubcommand()}`)
  const { name, value } = options.getFocused(true)
  const asked = { guildId, now: desk.clock.now() }
  await interaction.respond(await subcommand.suggest(name, value, asked, desk.archive))
}

/** Reads Discord as far as the question needs, and settles what the question is about. */
async function prepare(desk: Desk, guildId: Snowflake, { filter, on }: Draft, responder: Responder) {
  const { archive, catchUp, log } = desk
  const reading = await catchUp.upTo(guildId, filter.from ?? '0', (progress) => {
    responder.report(progressSentence(progress)).catch((error: unknown) => {
      log.warn({ err: error }, 'A progress report could not be sent.')
    })
  })
  const [asOf, { ranges, readAt }] = await Promise.all([archive.newestId(guildId), archive.coverage(guildId)])
  const hindrance = asOf === undefined && ranges.length === 0 ? hindranceOf(reading) : undefined
  if (hindrance !== undefined) throw new UserError(hindrance)
  return {
    asOf,
    notice: noticeOf(reading, readAt),
    filter: on === undefined ? filter : { ...filter, targetId: await targetId(on, guildId, archive) },
  }
}

function find(desk: Desk, path: string): { command: Command; subcommand: Subcommand } {
  for (const command of desk.commands) {
    const subcommand = command.subcommands.find(({ name }) => `${command.name} ${name}` === path)
    if (subcommand) return { command, subcommand }
  }
  throw new UserError('I do not know this command any more. Wait a minute for Discord to show the new ones.')
}
