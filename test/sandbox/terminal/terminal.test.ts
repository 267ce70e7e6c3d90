import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { Terminal } from '../../../sandbox/terminal/terminal.ts'
import { addModLog } from '../../../sandbox/town/mod-log.ts'
import { openDiscord } from '../../support/open-discord.ts'
import { ManualBot, saying } from '../../support/sandbox/manual-bot.ts'

const [SHOW, UPDATE, MODAL] = [4, 7, 9]

const GO_TO = {
  components: [{ type: 1, components: [{ type: 2, style: 2, label: 'Go to…', custom_id: 'goto' }] }],
}

const INPUT = { type: 4, custom_id: 'text', style: 1, max_length: 5 }
const FORM = {
  custom_id: 'goto',
  title: 'Go to',
  components: [{ type: 18, label: 'Page or date', description: 'Such as 12', component: INPUT }],
}

test('a button that opens a form asks for its text: too much is refused, and an empty line cancels', async () => {
  const bot = await ManualBot.start(await openDiscord())
  const { discord, town } = bot.here
  const [input, output] = [new PassThrough(), new PassThrough()]
  const terminal = new Terminal(bot.moderator, { world: discord.world, guild: town.guild }, { input, output })
  let printed = ''
  output.on('data', (chunk: Buffer) => {
    printed += stripVTControlCharacters(String(chunk))
  })
  const ended = terminal.prompt()
  const open = async () => {
    input.write('go to\n')
    await bot.answer(await bot.interaction(), MODAL, FORM)
  }
  input.write('/log recent\n')
  await bot.answer(await bot.interaction(), SHOW, saying('page 1', GO_TO))

  await open()
  await expect.poll(() => printed).toContain('Go to\nSuch as 12 (Enter alone cancels.)\nPage or date › ')
  input.write('\n')
  await open()
  input.write('123456\nexit\n')
  const submit = await bot.interaction()
  expect(printed).toContain('“Page or date” must have at most 5 characters.')
  expect(submit.data).toMatchObject({ components: [{ component: { value: 'exit' } }] })
  await bot.answer(submit, UPDATE, saying('page 12'))
  await expect.poll(() => printed).toContain('page 12')
  input.write('quit\n')
  await ended
})

test('the prompt ends with its input', async () => {
  const bot = await ManualBot.start(await openDiscord())
  const { discord, town } = bot.here
  const [input, output] = [new PassThrough(), new PassThrough()]
  const terminal = new Terminal(bot.moderator, { world: discord.world, guild: town.guild }, { input, output })
  const ended = terminal.prompt()
  input.end('frobnicate\n')
  await ended
  expect(stripVTControlCharacters(String(output.read()))).toContain('Type /audit … (Tab completes)')
})

test('posts are printed as they come, what is under them can be typed, and words have things happen', async () => {
  const bot = await ManualBot.start(await openDiscord())
  const { discord, town, rest } = bot.here
  const modLog = addModLog(town)
  const [input, output] = [new PassThrough(), new PassThrough()]
  const context = { world: discord.world, guild: town.guild }
  const terminal = new Terminal(bot.moderator, context, { input, output }, { raid: () => 'It begins.' })
  discord.conversation.onChange = (message) => terminal.showPost(message)
  let printed = ''
  output.on('data', (chunk: Buffer) => {
    printed += stripVTControlCharacters(String(chunk))
  })
  const ended = terminal.prompt()
  input.write('raid\n')
  await expect.poll(() => printed).toContain('It begins.')
  await rest.post(`/channels/${modLog}/messages`, saying('12 bans', GO_TO))
  await expect.poll(() => printed).toContain('In #mod-log:\nCustos\n12 bans\n[Go to…]')
  input.write('go to\n')
  const press = await bot.interaction()
  expect(press.data).toMatchObject({ custom_id: 'goto' })
  await bot.answer(press, SHOW, saying('All 12'))
  await expect.poll(() => printed).toContain('All 12')
  input.end('exit\n')
  await ended
})
