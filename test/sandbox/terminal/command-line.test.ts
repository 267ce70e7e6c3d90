import { expect, test } from 'vitest'
import { parseCommandLine } from '../../../sandbox/terminal/command-line.ts'
import { complete } from '../../../sandbox/terminal/complete.ts'
import { openDiscord } from '../../support/open-discord.ts'

const FEED = {
  name: 'custos',
  description: 'Manages Custos',
  options: [
    { type: 1, name: 'settings', description: 'The settings' },
    {
      type: 2,
      name: 'feed',
      description: 'Feeds',
      options: [
        {
          type: 1,
          name: 'add',
          description: 'Adds a feed',
          options: [{ type: 7, name: 'to', description: 'Where' }],
        },
        { type: 1, name: 'list', description: 'Lists the feeds' },
      ],
    },
  ],
}

async function open() {
  const { rest, town, discord } = await openDiscord()
  await rest.put(`/applications/${town.bot.id}/commands`, [FEED])
  const client = town.as(town.moderators[0]?.id ?? '')
  const context = { world: discord.world, guild: town.guild }
  return {
    town,
    parse: (line: string) => parseCommandLine(line, client.commands(), context),
    complete: (line: string) => complete(line, client, context),
  }
}

test('a subcommand is typed with its group, if it has one', async () => {
  const { parse, town } = await open()
  expect(parse('/custos settings')).toEqual({ path: 'custos settings', values: {} })
  expect(parse('/custos  feed add   to:#general ')).toEqual({
    path: 'custos feed add',
    values: { to: town.channels[0] },
  })
})

test.each(['/custos', '/custos feed', '/custos feeds', '/custos feed addition', '/audit recent'])(
  '%s is no command',
  async (line) => {
    const { parse } = await open()
    expect(() => parse(line)).toThrow(`There is no command ${line.split(' ').slice(0, 2).join(' ')}`)
  },
)

test.each([
  ['/cu', ['/custos ']],
  ['/custos ', ['settings ', 'feed ']],
  ['/custos f', ['feed ']],
  ['/custos feed ', ['add ', 'list ']],
  ['/custos feed a', ['add ']],
  ['/custos feed add ', ['to:']],
  ['/custos feed add to:#gen', ['#general']],
])('%s is completed', async (line, completions) => {
  const { complete } = await open()
  expect((await complete(line))[0]).toEqual(completions)
})
