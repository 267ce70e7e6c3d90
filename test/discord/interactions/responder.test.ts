import { describe, expect, test } from 'vitest'
import type { Reply as SeenReply } from '../../../sandbox/member-client/reply.ts'
import { unknown } from '../../../sandbox/rest/errors.ts'
import { apiErrorFault, onFirstRequest } from '../../../sandbox/rest/faults.ts'
import type { Reply } from '../../../src/command/command.ts'
import { Responder } from '../../../src/discord/interactions/responder.ts'
import { createReplies } from '../../../src/discord/rest/replies.ts'
import { openDiscord } from '../../support/open-discord.ts'
import { footersOf, textOf } from '../../support/read.ts'
import { RecordedLog } from '../../support/recorded-log.ts'
import { ManualBot } from '../../support/sandbox/manual-bot.ts'

const CALLBACK = /^\/interactions\//
const WEBHOOK = /^\/webhooks\//

const ANSWER: Reply = { embeds: [{ description: 'The answer' }], components: [] }

/** A command that a moderator ran, what they see of it, and the responder that answers it. */
async function typedCommand() {
  const here = await openDiscord()
  const bot = await ManualBot.start(here)
  const seen = bot.moderator.send('log recent')
  return { ...here, bot, seen, ...(await nextInteraction(bot)) }
}

/** A button that the moderator has pressed, under a message that says “The list”. */
async function pressedButton() {
  const here = await typedCommand()
  const button = { type: 2, style: 2, label: 'Next', custom_id: 'next' }
  await here.responder.defer('public')
  await here.responder.show({
    embeds: [{ description: 'The list' }],
    components: [{ type: 1, components: [button] }],
    files: [{ name: 'chart.png', content: 'a picture' }],
  })
  const list = here.seen.message
  const seen = here.bot.moderator.sendClick(list, 'Next')
  return { ...here, list, seen, ...(await nextInteraction(here.bot)) }
}

/** The next interaction that reaches the bot, and the responder that answers it. */
async function nextInteraction(bot: ManualBot) {
  const interaction = await bot.interaction()
  const { id, token, application_id: applicationId } = interaction
  const log = new RecordedLog()
  const deps = { replies: createReplies(bot.here.discord.api), clock: bot.here.clock, log }
  const responder = new Responder(deps, { id, token, applicationId })
  return { interaction, responder, log }
}

/** What Discord showed of an interaction, in order. */
function outcomesOf({ interaction }: SeenReply): string[] {
  return interaction.outcomes.map(({ type }) => type)
}

describe('an answer', () => {
  test.each([
    ['ephemeral', true],
    ['public', false],
  ] as const)('in %s mode takes the place of “thinking…”', async (mode, isEphemeral) => {
    const { seen, responder } = await typedCommand()
    await responder.defer(mode)
    responder.report('Reading…')
    await seen.answered()
    expect(textOf(seen.message)).toBe('Reading…\nThe reply replaces this when it is ready.')
    await responder.show(ANSWER)
    expect(textOf(seen.message)).toBe('The answer')
    expect(seen.ephemeral).toBe(isEphemeral)
    expect(outcomesOf(seen)[0]).toBe('thinking')
  })

  test('in update mode takes the place of the message that the button is on, with its files', async () => {
    const { list, seen, responder } = await pressedButton()
    expect(list.body.attachments).toHaveLength(1)
    await responder.defer('update')
    await responder.show(ANSWER)
    expect(seen.message).toBe(list)
    expect(textOf(list)).toBe('The answer')
    expect(list.body.attachments).toEqual([])
  })

  test('is sent though Discord accepts the first response and then fails', async () => {
    const { discord, seen, responder } = await typedCommand()
    discord.fault = onFirstRequest(CALLBACK, { status: 502, isDone: true })
    await responder.defer('ephemeral')
    discord.fault = onFirstRequest(WEBHOOK, { status: 502, isDone: true })
    await responder.show(ANSWER)
    expect(textOf(seen.message)).toBe('The answer')
  })

  test('is sent though Discord fails three times, and given up after the fourth', async () => {
    const { discord, responder } = await typedCommand()
    await responder.defer('ephemeral')
    let failures = 0
    discord.fault = () => (++failures % 4 === 0 ? undefined : { status: 503 })
    await responder.show(ANSWER)
    expect(failures).toBe(4)
    discord.fault = () => ({ status: 503 })
    await expect(responder.show(ANSWER)).rejects.toThrow('Service Unavailable')
  })

  test('is the last that Discord gets, though progress is reported just before it and after', async () => {
    const { seen, responder } = await typedCommand()
    await responder.defer('ephemeral')
    responder.report('Reading…')
    responder.report('Still reading…')
    await responder.show(ANSWER)
    responder.report('Reading on…')
    await responder.show(ANSWER)
    expect(outcomesOf(seen)).toEqual(['thinking', 'shown', 'edited', 'edited'])
    expect(textOf(seen.message)).toBe('The answer')
  })

  test('is shown though Discord rejects the progress before it, which is logged', async () => {
    const { discord, seen, responder, log } = await typedCommand()
    await responder.defer('ephemeral')
    discord.fault = onFirstRequest(WEBHOOK, { status: 503 })
    responder.report('Reading…')
    await log.waitFor('Showing progress failed.')
    await responder.show(ANSWER)
    expect(outcomesOf(seen)).toEqual(['thinking', 'shown'])
    expect(textOf(seen.message)).toBe('The answer')
  })

  test('that Discord no longer accepts is not sent again', async () => {
    const { discord, responder } = await typedCommand()
    let requests = 0
    discord.fault = () => {
      requests++
      return apiErrorFault(unknown.interaction())
    }
    await expect(responder.defer('ephemeral')).rejects.toThrow('Unknown interaction')
    expect(requests).toBe(1)
  })
})

describe('a rejection is seen by the member alone', () => {
  test('as the first response', async () => {
    const { seen, responder } = await typedCommand()
    await responder.reject('Why not')
    expect([textOf(seen.message), seen.ephemeral]).toEqual(['Why not', true])
    expect(outcomesOf(seen)).toEqual(['shown'])
  })

  test('in place of an ephemeral answer', async () => {
    const { seen, responder } = await typedCommand()
    await responder.defer('ephemeral')
    await responder.reject('Why not')
    expect([textOf(seen.message), seen.ephemeral]).toEqual(['Why not', true])
  })

  test.each([
    ['in a message of its own where the answer would have been public', false],
    ['even where somebody deleted the public message before', true],
  ])('%s', async (_, isDeleted) => {
    const { bot, interaction, seen, responder } = await typedCommand()
    await responder.defer('public')
    if (isDeleted) await bot.delete(interaction)
    await responder.reject('Why not')
    expect([textOf(seen.message), seen.ephemeral]).toEqual(['Why not', true])
    expect(outcomesOf(seen)).toEqual(['thinking', 'deleted', 'shown'])
  })

  test('in a message of its own after a button, whose message stays', async () => {
    const { list, seen, responder } = await pressedButton()
    await responder.defer('update')
    await responder.reject('Why not')
    expect([textOf(seen.message), seen.ephemeral]).toEqual(['Why not', true])
    expect(textOf(list)).toBe('The list')
  })

  test('after a button whose message shows progress, which keeps the last sentence reported', async () => {
    const { list, seen, responder } = await pressedButton()
    await responder.defer('update')
    responder.report('Erasing…')
    responder.report('Nothing was erased.')
    await responder.reject('Why not')
    expect([textOf(seen.message), seen.ephemeral]).toEqual(['Why not', true])
    expect(textOf(list)).toBe('Nothing was erased.')
    expect(footersOf(list)).toEqual([])
  })
})
