import { expect, test } from 'vitest'
import { InvalidInput } from '../../../sandbox/member-client/submit-modal.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import type { Modal } from '../../../sandbox/world/modal.ts'
import { openDiscord } from '../../support/open-discord.ts'
import { between, type FormError, invalidForm, REQUIRED } from '../../support/sandbox/form-errors.ts'
import { type Interaction, ManualBot, saying } from '../../support/sandbox/manual-bot.ts'

const [SHOW, DEFER_UPDATE, UPDATE, CHOICES, MODAL] = [4, 6, 7, 8, 9]
const SECOND = 1000

const GO_TO = {
  components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Go to…', custom_id: 'goto:1' }] }],
}

const INPUT = { type: 4, custom_id: 'text', style: 1, min_length: 2, max_length: 5 }
const LABEL = { type: 18, label: 'Page or date', description: 'Such as 12', component: INPUT }
const FORM = { custom_id: 'goto:1', title: 'Go to', components: [LABEL] }

async function start(): Promise<ManualBot> {
  return await ManualBot.start(await openDiscord())
}

/** Clicks the button of a message that the bot has just sent. */
async function clicked(
  bot: ManualBot,
): Promise<{ message: Message; click: Interaction; modal: Promise<Modal> }> {
  const reply = bot.moderator.send('log recent')
  await bot.answer(await bot.interaction(), SHOW, saying('page 1', GO_TO))
  const modal = bot.moderator.openModal(reply.message, 'Go to…')
  // It is not awaited where the modal is rejected.
  modal.catch(() => {})
  return { message: reply.message, click: await bot.interaction(), modal }
}

/** Opens a modal from a button. */
async function opened(bot: ManualBot, form: object = FORM): Promise<{ message: Message; modal: Modal }> {
  const { message, click, modal } = await clicked(bot)
  expect((await bot.answer(click, MODAL, form)).status).toBe(204)
  return { message, modal: await modal }
}

test('a button can open a modal, and what is typed is sent with the message it is on', async () => {
  const bot = await start()
  const { message, modal } = await opened(bot)
  expect(modal).toMatchObject({ title: 'Go to', inputs: [{ label: 'Page or date', required: true }] })
  const reply = bot.moderator.sendSubmit(modal, { text: '12' })
  const submit = await bot.interaction()
  expect(submit).toMatchObject({
    type: 5,
    data: {
      custom_id: 'goto:1',
      components: [{ type: 18, id: 1, component: { type: 4, id: 2, custom_id: 'text', value: '12' } }],
    },
    message: { id: message.id },
  })
  expect((await bot.answer(submit, UPDATE, saying('page 12'))).status).toBe(204)
  expect((await reply.answered()).message).toBe(message)
  expect(message.body.content).toBe('page 12')
})

test('an input in an action row is sent in an action row', async () => {
  const bot = await start()
  const row = { type: 1, components: [{ ...INPUT, label: 'Page' }] }
  const { modal } = await opened(bot, { ...FORM, components: [row] })
  bot.moderator.sendSubmit(modal, { text: '12' })
  expect((await bot.interaction()).data).toEqual({
    custom_id: 'goto:1',
    components: [{ type: 1, id: 1, components: [{ type: 4, id: 2, custom_id: 'text', value: '12' }] }],
  })
})

test('what is submitted has a token of its own, with three seconds, and can be answered later', async () => {
  const bot = await start()
  const { message, modal } = await opened(bot)
  bot.here.clock.advance(60 * 60 * SECOND)
  bot.moderator.sendSubmit(modal, { text: '12' })
  const submit = await bot.interaction()
  expect((await bot.answer(submit, DEFER_UPDATE)).status).toBe(204)
  bot.here.clock.advance(10 * SECOND)
  expect((await bot.edit(submit, saying('page 12'))).status).toBe(200)
  expect(message.body.content).toBe('page 12')
  bot.moderator.sendSubmit(modal, { text: '13' })
  const late = await bot.interaction()
  bot.here.clock.advance(3 * SECOND + 1)
  expect((await bot.answer(late, DEFER_UPDATE)).body).toMatchObject({ code: 10062 })
})

test('a modal is a first response only, and has no message', async () => {
  const bot = await start()
  const { click } = await clicked(bot)
  expect((await bot.answer(click, MODAL, FORM, '?with_response=true')).body).toEqual({
    interaction: expect.not.objectContaining({ response_message_id: expect.anything() }),
  })
  expect((await bot.answer(click, MODAL, FORM)).body).toMatchObject({ code: 40060 })
  expect((await bot.answer(click, SHOW, saying('Here'))).body).toMatchObject({ code: 40060 })
  expect((await bot.read(click)).body).toMatchObject({ code: 10008 })
})

test('a submitted modal and autocomplete cannot open a modal; a modal of a command updates no message', async () => {
  const bot = await start()
  bot.moderator.autocomplete('log find', 'since', '2').catch(() => {})
  expect((await bot.answer(await bot.interaction(), MODAL, FORM)).status).toBe(400)
  const { modal } = await opened(bot)
  bot.moderator.sendSubmit(modal, { text: '12' })
  expect((await bot.answer(await bot.interaction(), MODAL, FORM)).status).toBe(400)

  const command = bot.moderator.send('log recent')
  await bot.answer(await bot.interaction(), MODAL, FORM)
  const shown = await command.modal()
  if (!shown) throw new Error('The client shows no modal.')
  bot.moderator.sendSubmit(shown, { text: '12' })
  const submit = await bot.interaction()
  expect(submit.message).toBeUndefined()
  for (const type of [DEFER_UPDATE, UPDATE, CHOICES])
    expect((await bot.answer(submit, Number(type), saying('page 12'))).status).toBe(400)
  expect((await bot.answer(submit, SHOW, saying('page 12'))).status).toBe(204)
})

test.each([
  ['', '“Page or date” is required.'],
  ['1', '“Page or date” must have at least 2 characters.'],
  ['123456', '“Page or date” must have at most 5 characters.'],
])('the client does not submit %j', async (text, why) => {
  const bot = await start()
  const { modal } = await opened(bot)
  expect(() => bot.moderator.sendSubmit(modal, { text })).toThrow(InvalidInput)
  expect(() => bot.moderator.sendSubmit(modal, { text })).toThrow(why)
})

test('an input that is not required can be empty', async () => {
  const bot = await start()
  const input = { ...LABEL, component: { ...INPUT, required: false } }
  const { modal } = await opened(bot, { ...FORM, components: [input] })
  bot.moderator.sendSubmit(modal, {})
  expect((await bot.interaction()).data).toMatchObject({ components: [{ component: { value: '' } }] })
})

const text = (length: number) => 't'.repeat(length)
const withLabel = (change: object) => ({ ...FORM, components: [{ ...LABEL, ...change }] })
const withInput = (change: object) => withLabel({ component: { ...INPUT, ...change } })
const labelOf = (custom_id: string) => ({ ...LABEL, component: { ...INPUT, custom_id } })
const COMPONENT = 'data.components.0'

test.each<[what: string, form: object, path: string, error: FormError]>([
  ['no custom id', { ...FORM, custom_id: undefined }, 'data.custom_id', REQUIRED],
  ['a custom id of 101 characters', { ...FORM, custom_id: text(101) }, 'data.custom_id', between(1, 100)],
  ['a title of 46 characters', { ...FORM, title: text(46) }, 'data.title', between(1, 45)],
  ['no components', { ...FORM, components: [] }, 'data.components', between(1, 40)],
  [
    '41 components',
    { ...FORM, components: Array.from({ length: 41 }, (_, id) => labelOf(`text${id}`)) },
    'data.components',
    between(1, 40),
  ],
  ['a label of 46 characters', withLabel({ label: text(46) }), `${COMPONENT}.label`, between(1, 45)],
  [
    'a description of 101 characters',
    withLabel({ description: text(101) }),
    `${COMPONENT}.description`,
    between(1, 100),
  ],
  ['a label without an input', withLabel({ component: null }), `${COMPONENT}.component`, REQUIRED],
  [
    'an input without a custom id',
    withInput({ custom_id: undefined }),
    `${COMPONENT}.component.custom_id`,
    REQUIRED,
  ],
  [
    'an input of an unknown style',
    withInput({ style: 3 }),
    `${COMPONENT}.component.style`,
    ['BASE_TYPE_CHOICES', 'Value must be one of {1, 2}.'],
  ],
  [
    'an input that accepts 4,001 characters',
    withInput({ max_length: 4001 }),
    `${COMPONENT}.component.max_length`,
    ['NUMBER_TYPE_MAX', 'int value should be less than or equal to 4000.'],
  ],
  [
    'a button',
    { ...FORM, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] },
    COMPONENT,
    ['UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1, 10, 18).'],
  ],
])('a modal with %s is rejected, and the next response is accepted', async (_, form, path, error) => {
  const bot = await start()
  const { click } = await clicked(bot)
  const { status, body } = await bot.answer(click, MODAL, form)
  expect(status).toBe(400)
  expect(body).toEqual(invalidForm(path, error))
  expect((await bot.answer(click, MODAL, FORM)).status).toBe(204)
})
