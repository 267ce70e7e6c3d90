import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { renderMessage } from '../../../sandbox/terminal/render-message.ts'
import type { JsonObject } from '../../../sandbox/world/json.ts'
import { openDiscord } from '../../support/open-discord.ts'

/** The lines that a terminal of 32 columns shows of a message, below its author. */
async function linesOf(body: JsonObject): Promise<string[]> {
  const { town, discord } = await openDiscord()
  const message = discord.conversation.postAs(town.channels[0] ?? '', town.bot.user, '')
  message.body = body
  const text = renderMessage(message, { world: discord.world, guild: town.guild }, 32)
  const lines = stripVTControlCharacters(text).split('\n')
  return lines.slice(1).map((line) => line.trimEnd())
}

test('the numbers of a list hang in a margin, and quotes and subtext are lines of their own', async () => {
  const content = [
    '**Thu 26 Nov**',
    '9. deleted 3 messages in a channel',
    '10. banned',
    '> Rule 3: be kind',
    '11. kicked',
    '-# by Alice',
    '- one',
    'the end',
  ].join('\n')
  expect(await linesOf({ content })).toEqual([
    'Thu 26 Nov',
    ' 9. deleted 3 messages in a',
    '    channel',
    '10. banned',
    '│ Rule 3: be kind',
    '11. kicked',
    'by Alice',
    '• one',
    'the end',
  ])
})

test('an embed with only an image has no lines, and the embed below it follows', async () => {
  const embeds = [{ image: { url: 'attachment://chart.png' } }, { description: 'The answer' }]
  expect(await linesOf({ embeds })).toEqual(['▌ The answer'])
})

test.each([
  ['their labels', ['11. Ban', '12. Kick'], '[11–12: show details] [Next]'],
  ['their position', ['Ban', 'Kick', 'Timeout'], '[1–3: show details] [Next]'],
  ['nothing but the one there is', ['7. Ban'], '[7: show details] [Next]'],
])('the choices of a menu are numbered by %s', async (_, labels, line) => {
  const options = labels.map((label, index) => ({ label, value: String(index) }))
  const components = [
    { type: 1, components: [{ type: 3, custom_id: 'entry', placeholder: 'Show details', options }] },
    { type: 1, components: [{ type: 2, style: 2, label: 'Next', custom_id: 'next' }] },
  ]
  expect(await linesOf({ content: 'A list', components })).toEqual(['A list', line])
})
