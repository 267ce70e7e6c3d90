import { describe, expect, test } from 'vitest'
import type { Reply as SeenReply } from '../../../sandbox/member-client/reply.ts'
import { unknown } from '../../../sandbox/rest/errors.ts'
import { apiErrorFault, onFirstRequest } from '../../../sandbox/rest/faults.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import type { Reply } from '../../../src/command/command.ts'
import { LateEdits } from '../../../src/discord/interactions/late-edits.ts'
import { Responder } from '../../../src/discord/interactions/responder.ts'
import { createReplies } from '../../../src/discord/rest/replies.ts'
import { openDiscord } from '../../support/open-discord.ts'
import { footersOf, textOf } from '../../support/read.ts'
import { RecordedLog } from '../../support/recorded-log.ts'
import { ManualBot } from '../../support/sandbox/manual-bot.ts'

const CALLBACK = /^\/interactions\//
const WEBHOOK = /^\/webhooks\//

/** Until when an answer waits for its chart, in milliseconds after the command. */
const WAIT = 250

const NEXT: Reply['components'][number] = {
  type: 1,
  components: [{ type: 2, style: 2, label: 'Next', custom_id: 'next' }],
}

const ANSWER: Reply = { embeds: [{ description: 'The answer' }], components: [] }

/** A command that a moderator ran, what they see of it, and the responder that answers it. */
async function typedCommand() {
  const here = await openDiscord()
  const bot = await ManualBot.start(here)
  const seen = bot.moderator.send('log recent')
  return { ...here, bot, seen, ...(await nextInteraction(bot, new LateEdits())) }
}

/** A button that the moderator has pressed, under a message that says “The list”. */
async function pressedButton() {
  const here = await typedCommand()
  await here.responder.defer('public')
  await here.responder.show({
    embeds: [{ description: 'The list' }],
    components: [NEXT],
    files: [{ name: 'chart.png', content: 'a picture' }],
  })
  const list = here.seen.message
  const seen = here.bot.moderator.sendClick(list, 'Next')
  return { ...here, list, seen, ...(await nextInteraction(here.bot, here.lateEdits, list)) }
}

/** The next interaction that reaches the bot, and the responder that answers it. */
async function nextInteraction(bot: ManualBot, lateEdits: LateEdits, message?: Message) {
  const interaction = await bot.interaction()
  const { id, token, application_id: applicationId } = interaction
  const log = new RecordedLog()
  const until = new AbortController()
  const deps = {
    replies: createReplies(bot.here.discord.api),
    clock: bot.here.clock,
    log,
    lateEdits,
    until: until.signal,
  }
  const responder = new Responder(deps, { id, token, applicationId, ...(message && { message }) })
  return { interaction, responder, log, lateEdits, stop: () => until.abort() }
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

  test('to the first of two buttons is not shown after that to the second', async () => {
    const { bot, list, lateEdits, responder: first } = await pressedButton()
    bot.moderator.sendClick(list, 'Next')
    const { responder: second } = await nextInteraction(bot, lateEdits, list)
    await first.defer('update')
    await second.defer('update')
    await second.show({ embeds: [{ description: 'The second' }], components: [] })
    await first.show(ANSWER)
    expect(textOf(list)).toBe('The second')
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
    await log.waitFor('Sending progress failed.')
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

/** An answer that has a chart when the test says so. */
function answerWithChart(description = 'The answer') {
  const embeds = [{ description }]
  const whole = Promise.withResolvers<Reply | undefined>()
  return {
    answer: { embeds, components: [NEXT], whole: whole.promise },
    draw: () =>
      whole.resolve({ embeds, components: [NEXT], files: [{ name: 'chart.png', content: 'a picture' }] }),
    fail: () => whole.resolve(undefined),
    reject: (error: Error) => whole.reject(error),
  }
}

/** A moderator who has been shown an answer without its chart. */
async function answeredWithoutChart() {
  const here = await typedCommand()
  const { clock, responder, seen } = here
  await responder.defer('public')
  const { answer, ...chart } = answerWithChart()
  const waited = clock.sleepThrough(WAIT)
  const finished = responder.show(answer)
  await waited
  await seen.answered()
  return { ...here, ...chart, finished }
}

/** The same moderator, who then presses the button. */
async function turnedBeforeChart() {
  const here = await answeredWithoutChart()
  const list = here.seen.message
  const turned = here.bot.moderator.sendClick(list, 'Next')
  const next = await nextInteraction(here.bot, here.lateEdits, list)
  await next.responder.defer('update')
  return { ...here, list, turned, next: next.responder }
}

/** What a message says, and how many files it has. */
function stateOf(message: Message): [text: string, files: number] {
  return [textOf(message), message.files.length]
}

describe('an answer with a chart', () => {
  test('is shown once, with it, if the chart is ready soon', async () => {
    const { clock, seen, responder } = await typedCommand()
    await responder.defer('ephemeral')
    const { answer, draw } = answerWithChart()
    const waiting = clock.slept(WAIT)
    const finished = responder.show(answer)
    await waiting
    clock.advance(WAIT - 1)
    draw()
    await finished
    expect(stateOf(seen.message)).toEqual(['The answer', 1])
    expect(outcomesOf(seen)).toEqual(['thinking', 'shown'])
  })

  test('is shown without it if the chart takes longer, and edited once when it is ready', async () => {
    const { seen, draw, finished } = await answeredWithoutChart()
    expect(stateOf(seen.message)).toEqual(['The answer', 0])
    draw()
    await finished
    expect(stateOf(seen.message)).toEqual(['The answer', 1])
    expect(outcomesOf(seen)).toEqual(['thinking', 'shown', 'edited'])
  })

  test('that took long itself does not wait for it', async () => {
    const { clock, seen, responder } = await typedCommand()
    await responder.defer('ephemeral')
    clock.advance(WAIT + 1)
    const { answer, draw } = answerWithChart()
    const waited = clock.sleepThrough(0)
    const finished = responder.show(answer)
    await waited
    await seen.answered()
    expect(stateOf(seen.message)).toEqual(['The answer', 0])
    draw()
    await finished
    expect(stateOf(seen.message)).toEqual(['The answer', 1])
  })

  test('is shown at once if drawing fails', async () => {
    const { seen, responder } = await typedCommand()
    await responder.defer('ephemeral')
    const { answer, fail } = answerWithChart()
    fail()
    await responder.show(answer)
    expect(stateOf(seen.message)).toEqual(['The answer', 0])
    expect(outcomesOf(seen)).toEqual(['thinking', 'shown'])
  })

  test('stays without it if drawing fails late', async () => {
    const { seen, fail, finished } = await answeredWithoutChart()
    fail()
    await finished
    expect(outcomesOf(seen)).toEqual(['thinking', 'shown'])
  })

  test('gets it though Discord fails once', async () => {
    const { discord, seen, draw, finished } = await answeredWithoutChart()
    discord.fault = onFirstRequest(WEBHOOK, { status: 503 })
    draw()
    await finished
    expect(stateOf(seen.message)).toEqual(['The answer', 1])
  })

  test('stays without it if Discord does not accept the edit, which is logged', async () => {
    const { discord, seen, log, draw, finished } = await answeredWithoutChart()
    discord.fault = () => ({ status: 503 })
    draw()
    await finished
    expect(stateOf(seen.message)).toEqual(['The answer', 0])
    expect(log.lines).toEqual([
      expect.objectContaining({ level: 'warn', message: 'Editing a reply failed: it has no chart.' }),
    ])
  })

  test('that was deleted meanwhile is not edited, and nobody is alarmed', async () => {
    const { bot, interaction, seen, log, draw, finished } = await answeredWithoutChart()
    await bot.delete(interaction)
    draw()
    await finished
    expect(outcomesOf(seen)).toEqual(['thinking', 'shown', 'deleted'])
    expect(log.lines.map(({ level }) => level)).toEqual(['debug'])
  })

  test('is not edited once Custos stops', async () => {
    const { seen, stop, draw, finished } = await answeredWithoutChart()
    stop()
    draw()
    await finished
    expect(stateOf(seen.message)).toEqual(['The answer', 0])
    expect(outcomesOf(seen)).toEqual(['thinking', 'shown'])
  })

  test('does not wait for it while Custos stops', async () => {
    const { seen, responder, stop } = await typedCommand()
    await responder.defer('ephemeral')
    stop()
    const { answer, draw } = answerWithChart()
    const finished = responder.show(answer)
    await seen.answered()
    expect(stateOf(seen.message)).toEqual(['The answer', 0])
    draw()
    await finished
  })
})

describe('a page that is turned to before the chart of the last one is ready', () => {
  test('is not replaced by it', async () => {
    const { list, next, draw, finished } = await turnedBeforeChart()
    await next.show({ embeds: [{ description: 'The next page' }], components: [] })
    draw()
    await finished
    expect(stateOf(list)).toEqual(['The next page', 0])
  })

  test('gets its own chart', async () => {
    const { clock, list, next, draw, finished } = await turnedBeforeChart()
    const { answer, draw: drawNext } = answerWithChart('The next page')
    const waited = clock.sleepThrough(WAIT)
    const nextFinished = next.show(answer)
    await waited
    await expect.poll(() => textOf(list)).toBe('The next page')
    draw()
    await finished
    expect(stateOf(list)).toEqual(['The next page', 0])
    drawNext()
    await nextFinished
    expect(stateOf(list)).toEqual(['The next page', 1])
  })

  test('ends the drawing', async () => {
    const { responder, next, draw, finished } = await turnedBeforeChart()
    expect(responder.over.aborted).toBe(false)
    await next.show({ embeds: [{ description: 'The next page' }], components: [] })
    expect(responder.over.aborted).toBe(true)
    draw()
    await finished
  })

  test('may fail: then the message gets the chart', async () => {
    const { list, next, draw, finished } = await turnedBeforeChart()
    await next.reject('Why not')
    draw()
    await finished
    expect(stateOf(list)).toEqual(['The answer', 1])
  })
})
