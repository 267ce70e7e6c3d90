import { expect, test } from 'vitest'
import { openDiscord } from '../../support/open-discord.ts'
import { atMost, between, type FormError, invalidForm, REQUIRED } from '../../support/sandbox/form-errors.ts'
import { type Interaction, ManualBot, saying } from '../../support/sandbox/manual-bot.ts'
import { type Answer, fieldIn, listIn } from '../../support/sandbox/rest-client.ts'

const [SHOW, THINK, DEFER_UPDATE, UPDATE, CHOICES] = [4, 5, 6, 7, 8]
const EPHEMERAL = 64
const LOADING = 128
const SECOND = 1000
const MINUTE = 60_000

const UNKNOWN_INTERACTION = { status: 404, body: { message: 'Unknown interaction', code: 10062 } }
const UNKNOWN_WEBHOOK = { status: 404, body: { message: 'Unknown Webhook', code: 10015 } }
const UNKNOWN_MESSAGE = { status: 404, body: { message: 'Unknown Message', code: 10008 } }
const EMPTY_MESSAGE = { status: 400, body: { message: 'Cannot send an empty message', code: 50006 } }
const ACKNOWLEDGED = {
  status: 400,
  body: { message: 'Interaction has already been acknowledged.', code: 40060 },
}

const NEXT = {
  components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Next', custom_id: 'next' }] }],
}

async function start(): Promise<ManualBot> {
  return await ManualBot.start(await openDiscord())
}

/** Clicks a button of a message that the bot has just sent, and returns the interaction. */
async function clicked(bot: ManualBot, data = saying('page 1', NEXT)): Promise<Interaction> {
  const reply = bot.moderator.send('log recent')
  await bot.answer(await bot.interaction(), SHOW, data)
  // The reply is not awaited.
  bot.moderator.click(reply.message, 'Next').catch(() => {})
  return await bot.interaction()
}

/** Types into an option, and returns the interaction. */
async function typed(bot: ManualBot): Promise<Interaction> {
  bot.moderator.autocomplete('log find', 'since', '2').catch(() => {})
  return await bot.interaction()
}

/** The messages that everyone in the channel sees. */
async function inChannel({ here }: ManualBot): Promise<unknown[]> {
  const messages = listIn(await here.rest.get(`/channels/${here.town.channels[0]}/messages`))
  return messages.map(({ content }) => content)
}

test('an answer is shown to everyone, and @original returns it', async () => {
  const bot = await start()
  const reply = bot.moderator.send('log recent')
  const interaction = await bot.interaction()
  expect(await bot.answer(interaction, SHOW, saying('Nothing happened'))).toMatchObject({
    status: 204,
    body: undefined,
  })
  expect(reply.ephemeral).toBe(false)
  expect(await inChannel(bot)).toEqual(['Nothing happened'])
  expect((await bot.read(interaction)).body).toMatchObject({
    id: reply.message.id,
    type: 20,
    application_id: bot.here.town.bot.id,
    webhook_id: bot.here.town.bot.id,
    content: 'Nothing happened',
    flags: 0,
    edited_timestamp: null,
  })
})

test('an ephemeral answer is shown only to the member who ran the command', async () => {
  const bot = await start()
  const reply = bot.moderator.send('log recent')
  const interaction = await bot.interaction()
  await bot.answer(interaction, SHOW, saying('For you', { flags: EPHEMERAL }))
  expect(reply.message.ephemeralTo).toBe(bot.moderator.userId)
  expect(await inChannel(bot)).toEqual([])
  expect((await bot.read(interaction)).body).toMatchObject({ content: 'For you', flags: EPHEMERAL })
})

test('with_response returns the message of an answer', async () => {
  const bot = await start()
  const interaction = await bot.receiveCommand()
  const { status, body } = await bot.answer(interaction, SHOW, saying('Here'), '?with_response=true')
  const message = await bot.read(interaction)
  expect(status).toBe(200)
  expect(body).toEqual({
    interaction: {
      id: interaction.id,
      type: 2,
      guild_id: bot.here.town.guild.id,
      channel_id: bot.here.town.channels[0],
      response_message_id: fieldIn(message, 'id'),
      response_message_loading: false,
      response_message_ephemeral: false,
    },
    resource: { type: SHOW, message: message.body },
  })
})

test('with_response returns no message for a deferred response', async () => {
  const bot = await start()
  const interaction = await bot.receiveCommand()
  const { body } = await bot.answer(interaction, THINK, { flags: EPHEMERAL }, '?with_response=true')
  expect(body).toEqual({
    interaction: {
      id: interaction.id,
      type: 2,
      guild_id: bot.here.town.guild.id,
      channel_id: bot.here.town.channels[0],
      response_message_id: fieldIn(await bot.read(interaction), 'id'),
      response_message_loading: true,
      response_message_ephemeral: true,
    },
  })
})

test('with_response returns the message that a button has updated', async () => {
  const bot = await start()
  const press = await clicked(bot)
  const { body } = await bot.answer(press, UPDATE, saying('page 2'), '?with_response=true')
  expect(body).toMatchObject({
    interaction: { id: press.id, type: 3 },
    resource: { type: UPDATE, message: { content: 'page 2' } },
  })
})

test('a deferred response is thinking until its original is edited, which does not mark it as edited', async () => {
  const bot = await start()
  const reply = bot.moderator.send('log recent')
  const interaction = await bot.interaction()
  await bot.answer(interaction, THINK)
  expect((await bot.read(interaction)).body).toMatchObject({ content: '', flags: LOADING })
  bot.here.clock.advance(10 * SECOND)
  expect(await bot.edit(interaction, saying('Done'))).toMatchObject({
    status: 200,
    body: { content: 'Done', flags: 0, edited_timestamp: null },
  })
  bot.here.clock.advance(MINUTE)
  expect((await bot.edit(interaction, saying('Done again'))).body).toMatchObject({
    content: 'Done again',
    edited_timestamp: '2026-11-24T12:01:10.000000+00:00',
  })
  expect(reply.interaction.outcomes.map(({ type }) => type)).toEqual(['thinking', 'shown', 'edited'])
  expect(reply.timings).toEqual({ firstResponse: 0, answer: 10 * SECOND })
})

test.each([
  ['ephemeral', EPHEMERAL, 0, true],
  ['public', 0, EPHEMERAL, false],
])('a response deferred as %s stays so, whatever its edit says', async (_, deferred, edited, ephemeral) => {
  const bot = await start()
  const reply = bot.moderator.send('log recent')
  const interaction = await bot.interaction()
  await bot.answer(interaction, THINK, { flags: deferred })
  await bot.edit(interaction, saying('Done', { flags: edited }))
  expect(reply.ephemeral).toBe(ephemeral)
  expect((await bot.read(interaction)).body).toMatchObject({ content: 'Done', flags: deferred })
})

test('the first follow-up to a deferred response replaces it and keeps its ephemeral flag', async () => {
  const bot = await start()
  const reply = bot.moderator.send('log recent')
  const interaction = await bot.interaction()
  await bot.answer(interaction, THINK, { flags: EPHEMERAL })
  const thinking = await bot.read(interaction)
  const first = await bot.follow(interaction, saying('Done'))
  expect(first).toMatchObject({
    status: 200,
    body: { id: fieldIn(thinking, 'id'), content: 'Done', flags: EPHEMERAL },
  })
  expect(reply.interaction.outcomes.map(({ type }) => type)).toEqual(['thinking', 'shown'])
})

test('later follow-ups are new messages with their own ephemeral flag', async () => {
  const bot = await start()
  const interaction = await bot.receiveCommand()
  await bot.answer(interaction, SHOW, saying('one', { flags: EPHEMERAL }))
  const second = await bot.follow(interaction, saying('two'))
  const third = await bot.follow(interaction, saying('three', { flags: EPHEMERAL }))
  expect(second.body).toMatchObject({ content: 'two', flags: 0 })
  expect(third.body).toMatchObject({ content: 'three', flags: EPHEMERAL })
  expect(await inChannel(bot)).toEqual(['two'])
  expect((await bot.read(interaction)).body).toMatchObject({ content: 'one' })
})

test('a follow-up can be read, edited and deleted by id', async () => {
  const bot = await start()
  const interaction = await bot.receiveCommand()
  await bot.answer(interaction, SHOW, saying('one'))
  const id = fieldIn(await bot.follow(interaction, saying('two')), 'id')
  expect((await bot.read(interaction, id)).body).toMatchObject({ id, content: 'two' })
  expect((await bot.edit(interaction, saying('three'), id)).body).toMatchObject({ id, content: 'three' })
  expect(await bot.delete(interaction, id)).toMatchObject({ status: 204, body: undefined })
  expect(await bot.read(interaction, id)).toMatchObject(UNKNOWN_MESSAGE)
  expect(await inChannel(bot)).toEqual(['one'])
})

test('a deleted original cannot be read, edited or deleted again', async () => {
  const bot = await start()
  const reply = bot.moderator.send('log recent')
  const interaction = await bot.interaction()
  await bot.answer(interaction, SHOW, saying('one'))
  await bot.delete(interaction)
  expect(await bot.read(interaction)).toMatchObject(UNKNOWN_MESSAGE)
  expect(await bot.edit(interaction, saying('two'))).toMatchObject(UNKNOWN_MESSAGE)
  expect(await bot.delete(interaction)).toMatchObject(UNKNOWN_MESSAGE)
  expect(await inChannel(bot)).toEqual([])
  expect(reply.interaction.outcomes.map(({ type }) => type)).toEqual(['shown', 'deleted'])
})

test('a follow-up to a deleted deferred response is a new message', async () => {
  const bot = await start()
  const interaction = await bot.receiveCommand()
  await bot.answer(interaction, THINK, { flags: EPHEMERAL })
  await bot.delete(interaction)
  expect((await bot.follow(interaction, saying('Done'))).body).toMatchObject({ flags: 0 })
})

test('a button updates its own message, which is the original', async () => {
  const bot = await start()
  const press = await clicked(bot)
  expect(await bot.answer(press, UPDATE, saying('page 2'))).toMatchObject({ status: 204 })
  expect(await inChannel(bot)).toEqual(['page 2'])
  expect((await bot.read(press)).body).toMatchObject({
    content: 'page 2',
    components: [{ components: [{ custom_id: 'next' }] }],
    edited_timestamp: '2026-11-24T12:00:00.000000+00:00',
  })
})

test('a button can be acknowledged and its message updated later', async () => {
  const bot = await start()
  const press = await clicked(bot)
  await bot.answer(press, DEFER_UPDATE)
  expect(await inChannel(bot)).toEqual(['page 1'])
  await bot.edit(press, saying('page 2'))
  expect(await inChannel(bot)).toEqual(['page 2'])
})

test('a follow-up to an acknowledged button does not change its message', async () => {
  const bot = await start()
  const press = await clicked(bot)
  await bot.answer(press, DEFER_UPDATE)
  await bot.follow(press, saying('the entry'))
  expect(await inChannel(bot)).toEqual(['the entry', 'page 1'])
})

test('a button can be answered with a new message', async () => {
  const bot = await start()
  const press = await clicked(bot)
  await bot.answer(press, SHOW, saying('the entry'))
  expect(await inChannel(bot)).toEqual(['the entry', 'page 1'])
  expect((await bot.read(press)).body).toMatchObject({ content: 'the entry' })
})

test.each([
  ['a message', SHOW, saying('Here')],
  ['a delay', THINK, undefined],
])('%s must arrive within three seconds, exact to the millisecond', async (_, type, data) => {
  const bot = await start()
  const [interaction, late] = [await bot.receiveCommand(), await bot.receiveCommand()]
  bot.here.clock.advance(3 * SECOND)
  expect((await bot.answer(interaction, type, data)).status).toBe(204)
  bot.here.clock.advance(1)
  expect(await bot.answer(late, type, data)).toMatchObject(UNKNOWN_INTERACTION)
  expect(await bot.follow(late, saying('Here'))).toMatchObject(UNKNOWN_WEBHOOK)
})

test('autocomplete and buttons have three seconds too', async () => {
  const bot = await start()
  const [press, typing] = [await clicked(bot), await typed(bot)]
  bot.here.clock.advance(3 * SECOND + 1)
  expect(await bot.answer(press, DEFER_UPDATE)).toMatchObject(UNKNOWN_INTERACTION)
  expect(await bot.answer(typing, CHOICES, { choices: [] })).toMatchObject(UNKNOWN_INTERACTION)
})

test.each([
  ['a message', SHOW, saying('one')],
  ['a delay', THINK, undefined],
])('after %s a second response is rejected', async (_, type, data) => {
  const bot = await start()
  const reply = bot.moderator.send('log recent')
  const interaction = await bot.interaction()
  await bot.answer(interaction, type, data)
  expect(await bot.answer(interaction, SHOW, saying('two'))).toMatchObject(ACKNOWLEDGED)
  bot.here.clock.advance(MINUTE)
  expect(await bot.answer(interaction, THINK)).toMatchObject(ACKNOWLEDGED)
  expect(reply.interaction.outcomes).toHaveLength(1)
})

test('an unknown interaction cannot be answered', async () => {
  const bot = await start()
  const interaction = await bot.receiveCommand()
  const other = await bot.receiveCommand()
  expect(await bot.answer({ ...interaction, token: 'guessed' }, THINK)).toMatchObject(UNKNOWN_INTERACTION)
  expect(await bot.answer({ ...interaction, id: other.id }, THINK)).toMatchObject(UNKNOWN_INTERACTION)
  expect((await bot.answer(interaction, THINK)).status).toBe(204)
})

test('follow-ups need a first response and the interaction’s own token', async () => {
  const bot = await start()
  const interaction = await bot.receiveCommand()
  expect(await bot.follow(interaction, saying('early'))).toMatchObject(UNKNOWN_WEBHOOK)
  expect(await bot.edit(interaction, saying('early'))).toMatchObject(UNKNOWN_WEBHOOK)
  await bot.answer(interaction, THINK)
  expect(await bot.follow({ ...interaction, token: 'guessed' }, saying('Hi'))).toMatchObject(UNKNOWN_WEBHOOK)
  const another = { ...interaction, application_id: '111111111111111111' }
  expect(await bot.follow(another, saying('Hi'))).toMatchObject(UNKNOWN_WEBHOOK)
})

test('a webhook does not know messages that were not sent for an interaction', async () => {
  const bot = await start()
  const { rest, town } = bot.here
  const interaction = await bot.receiveCommand()
  await bot.answer(interaction, SHOW, saying('one'))
  const path = `/channels/${town.channels[0]}/messages`
  const id = fieldIn(await rest.post(path, saying('not an answer')), 'id')
  expect(await bot.edit(interaction, saying('two'), id)).toMatchObject(UNKNOWN_MESSAGE)
  expect(await bot.read(interaction, '111111111111111111')).toMatchObject(UNKNOWN_MESSAGE)
})

test.each<[what: string, use: (bot: ManualBot, interaction: Interaction) => Promise<Answer>]>([
  ['edited', (bot, interaction) => bot.edit(interaction, saying('two'))],
  ['read', (bot, interaction) => bot.read(interaction)],
  ['followed', (bot, interaction) => bot.follow(interaction, saying('two'))],
  ['deleted', (bot, interaction) => bot.delete(interaction)],
])('an answer can be %s for fifteen minutes and no longer', async (_, use) => {
  const bot = await start()
  const interaction = await bot.receiveCommand()
  await bot.answer(interaction, SHOW, saying('one'))
  bot.here.clock.advance(15 * MINUTE + 1)
  expect(await use(bot, interaction)).toMatchObject({
    status: 401,
    body: { message: 'Invalid Webhook Token', code: 50027 },
  })
  bot.here.clock.advance(-1)
  expect((await use(bot, interaction)).status).toBeLessThan(300)
})

test.each<
  [
    what: string,
    interact: (bot: ManualBot) => Promise<Interaction>,
    wrong: (number | undefined)[],
    right: string,
  ]
>([
  ['a command', (bot) => bot.receiveCommand(), [1, 6, 7, 8, 99, undefined], '4, 5, 9, 10, 12'],
  ['a button', (bot) => clicked(bot), [1, 8, 99], '4, 5, 6, 7, 9, 10, 12'],
  ['autocomplete', typed, [4, 5, 6, 7, 9], '8'],
])('%s accepts only its own response types', async (_, interact, wrong, right) => {
  const bot = await start()
  const interaction = await interact(bot)
  for (const type of wrong) {
    const { status, body } = await bot.answer(interaction, Number(type), saying('Here'))
    expect(status).toBe(400)
    expect(body).toEqual(invalidForm('type', ['BASE_TYPE_CHOICES', `Value must be one of {${right}}.`]))
  }
})

test('a rejected response does not acknowledge the interaction', async () => {
  const bot = await start()
  const reply = bot.moderator.send('log recent')
  const interaction = await bot.interaction()
  const rejected = await bot.answer(interaction, SHOW, saying('w'.repeat(2001)))
  expect(rejected).toMatchObject({ status: 400, body: invalidForm('data.content', atMost(2000)) })
  expect(await bot.answer(interaction, SHOW, {})).toMatchObject(EMPTY_MESSAGE)
  expect((await bot.answer(interaction, SHOW, saying('short'))).status).toBe(204)
  expect(reply.interaction.outcomes.map(({ type }) => type)).toEqual(['shown'])
})

test('edits and follow-ups are validated as messages, and change nothing if rejected', async () => {
  const bot = await start()
  const press = await clicked(bot)
  const embeds = [{ title: 't'.repeat(257) }]
  const path = 'embeds.0.title'
  expect((await bot.answer(press, UPDATE, saying('x', { embeds }))).body).toEqual(
    invalidForm(`data.${path}`, atMost(256)),
  )
  await bot.answer(press, DEFER_UPDATE)
  expect((await bot.edit(press, saying('x', { embeds }))).body).toEqual(invalidForm(path, atMost(256)))
  expect((await bot.follow(press, saying('x', { embeds }))).body).toEqual(invalidForm(path, atMost(256)))
  expect(await inChannel(bot)).toEqual(['page 1'])
})

test('a message cannot be empty', async () => {
  const bot = await start()
  const interaction = await bot.receiveCommand()
  await bot.answer(interaction, THINK)
  expect(await bot.edit(interaction, {})).toMatchObject(EMPTY_MESSAGE)
  expect(await bot.follow(interaction, {})).toMatchObject(EMPTY_MESSAGE)
  await bot.edit(interaction, saying('Done', NEXT))
  expect(await bot.edit(interaction, { content: '', components: [] })).toMatchObject(EMPTY_MESSAGE)
  expect((await bot.edit(interaction, saying('', { content: null }))).body).toMatchObject({
    content: '',
    components: [{ type: 1 }],
  })
})

test('an edit changes only the given fields', async () => {
  const bot = await start()
  const interaction = await bot.receiveCommand()
  await bot.answer(interaction, SHOW, saying('one', { ...NEXT, embeds: [{ title: 'Log' }] }))
  const { body } = await bot.edit(interaction, { components: [] })
  expect(body).toMatchObject({ content: 'one', embeds: [{ title: 'Log' }], components: [] })
})

const CSV = { name: 'log.csv', type: 'text/csv', content: 'id,time\n1,2026' }
const CHART = { name: 'chart 1.png', type: 'image/png', content: new Uint8Array([137, 80, 78, 71]) }

/** Downloads the attachments of a message. */
async function download(answer: Answer): Promise<{ type: string | null; bytes: Uint8Array }[]> {
  const addresses = listIn(answer, 'attachments').map(({ url }) => String(url))
  return await Promise.all(
    addresses.map(async (address) => {
      const response = await fetch(address)
      return { type: response.headers.get('content-type'), bytes: await response.bytes() }
    }),
  )
}

test('files of an answer can be downloaded unchanged', async () => {
  const bot = await start()
  const interaction = await bot.receiveCommand()
  const data = saying('Here', { attachments: [{ id: '0', filename: 'log.csv', description: 'All of it' }] })
  expect((await bot.upload(interaction, SHOW, data, [CSV, CHART])).status).toBe(204)
  const original = await bot.read(interaction)
  expect(listIn(original, 'attachments')).toMatchObject([
    { filename: 'log.csv', size: 14, content_type: 'text/csv', description: 'All of it' },
    { filename: 'chart 1.png', size: 4, content_type: 'image/png' },
  ])
  expect(await download(original)).toEqual([
    { type: 'text/csv', bytes: new TextEncoder().encode(CSV.content) },
    { type: 'image/png', bytes: CHART.content },
  ])
})

test('a message with only a file is not empty', async () => {
  const bot = await start()
  const interaction = await bot.receiveCommand()
  expect((await bot.upload(interaction, SHOW, {}, [CSV])).status).toBe(204)
})

test('the edit of a deferred response can have files', async () => {
  const bot = await start()
  const interaction = await bot.receiveCommand()
  await bot.answer(interaction, THINK)
  const edited = await bot.editWithFiles(interaction, saying('Done'), [CHART])
  expect(await download(edited)).toEqual([{ type: 'image/png', bytes: CHART.content }])
})

test('an edit adds files, and keeps only listed attachments if it lists any', async () => {
  const bot = await start()
  const interaction = await bot.receiveCommand()
  await bot.upload(interaction, SHOW, saying('Here'), [CSV])
  const both = await bot.editWithFiles(interaction, {}, [CHART])
  const [csv, chart] = listIn(both, 'attachments')
  expect([csv?.filename, chart?.filename]).toEqual(['log.csv', 'chart 1.png'])
  expect(await bot.edit(interaction, saying('No change'))).toMatchObject({
    body: { attachments: [csv, chart] },
  })
  const one = await bot.edit(interaction, { attachments: [{ id: chart?.id }] })
  expect(listIn(one, 'attachments')).toEqual([chart])
  expect(await download(one)).toEqual([{ type: 'image/png', bytes: CHART.content }])
  const replaced = await bot.editWithFiles(interaction, { attachments: [] }, [CSV])
  expect(listIn(replaced, 'attachments').map(({ filename }) => filename)).toEqual(['log.csv'])
  expect(listIn(await bot.edit(interaction, { attachments: [] }), 'attachments')).toEqual([])
})

test('ten files are accepted, eleven are rejected', async () => {
  const bot = await start()
  const interaction = await bot.receiveCommand()
  const files = Array.from({ length: 11 }, () => CSV)
  expect(await bot.upload(interaction, SHOW, saying('Here'), files)).toMatchObject({
    status: 400,
    body: { message: 'Maximum number of attachments in a message reached (10)', code: 30015 },
  })
  expect((await bot.upload(interaction, SHOW, saying('Here'), files.slice(1))).status).toBe(204)
})

test('a file of the limit’s size is accepted, one byte more is rejected', async () => {
  const bot = await start()
  bot.here.discord.fileLimit = 1000
  const interaction = await bot.receiveCommand()
  expect(interaction.attachment_size_limit).toBe(1000)
  const file = (size: number) => ({ ...CSV, content: new Uint8Array(size) })
  expect(await bot.upload(interaction, SHOW, saying('Here'), [file(1001)])).toMatchObject({
    status: 413,
    body: { message: 'Request entity too large', code: 40005 },
  })
  expect((await bot.upload(interaction, SHOW, saying('Here'), [file(1000)])).status).toBe(204)
})

test('an attachment that does not exist is not found', async () => {
  const { discord } = await openDiscord()
  expect((await fetch(`${discord.origin}/attachments/111111111111111111/0/log.csv`)).status).toBe(404)
})

function choices(count: number): object {
  return {
    choices: Array.from({ length: count }, (_, number) => ({ name: `${number} days`, value: `${number}d` })),
  }
}

test('autocomplete accepts 25 choices', async () => {
  const bot = await start()
  const suggested = bot.moderator.autocomplete('log find', 'since', '2')
  expect((await bot.answer(await bot.interaction(), CHOICES, choices(25))).status).toBe(204)
  expect(await suggested).toHaveLength(25)
})

test('autocomplete accepts no choices', async () => {
  const bot = await start()
  const suggested = bot.moderator.autocomplete('log find', 'since', '2')
  await bot.answer(await bot.interaction(), CHOICES, choices(0))
  expect(await suggested).toEqual([])
})

test.each<[what: string, data: object, path: string, error: FormError]>([
  ['26 choices', choices(26), 'data.choices', atMost(25)],
  ['a choice without a name', { choices: [{ value: '2d' }] }, 'data.choices.0.name', REQUIRED],
  ['a choice without a value', { choices: [{ name: 'two' }] }, 'data.choices.0.value', REQUIRED],
  [
    'a choice with an empty name',
    {
      choices: [
        { name: 'two', value: '2d' },
        { name: '', value: '3d' },
      ],
    },
    'data.choices.1.name',
    between(1, 100),
  ],
  [
    'a choice’s name of 101 characters',
    { choices: [{ name: 'n'.repeat(101), value: '2d' }] },
    'data.choices.0.name',
    between(1, 100),
  ],
  [
    'a choice’s value of 101 characters',
    { choices: [{ name: 'two', value: 'v'.repeat(101) }] },
    'data.choices.0.value',
    atMost(100),
  ],
])('%s: rejected, and the next response is accepted', async (_, data, path, error) => {
  const bot = await start()
  const typing = await typed(bot)
  const { status, body } = await bot.answer(typing, CHOICES, data)
  expect(status).toBe(400)
  expect(body).toEqual(invalidForm(path, error))
  expect((await bot.answer(typing, CHOICES, choices(1))).status).toBe(204)
  expect(await bot.answer(typing, CHOICES, choices(1))).toMatchObject(ACKNOWLEDGED)
})
