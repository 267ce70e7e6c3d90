import { beforeEach, expect, test } from 'vitest'
import type { Reply } from '../../../sandbox/member-client/reply.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { MINUTE } from '../../../src/core/time/units.ts'
import { entryOf } from '../../support/entries/entries.ts'
import { type OpenInteractions, openInteractions } from '../../support/open-interactions.ts'
import { textOf } from '../../support/read.ts'
import { SlowPainter } from '../../support/slow-painter.ts'

/** Until when an answer waits for its chart, in milliseconds after the command. */
const WAIT = 250

const PNG = new Uint8Array(Buffer.from('a picture'))

/** Where twelve moderators have acted, and charts are drawn when the test says so. */
let here: OpenInteractions
let painter: SlowPainter

beforeEach(async () => {
  painter = new SlowPainter()
  here = await openInteractions({ painter })
  const { town, discord, archive } = here
  const guildId = town.guild.id
  const entries = Array.from({ length: 12 }, (_, index) =>
    entryOf(guildId, {
      id: discord.world.newId(),
      action_type: 20,
      user_id: String(index + 1),
      target_id: '99',
    }),
  )
  await archive.record([{ guildId, entries, from: 'rest' }])
})

/** Waits until an answer is shown without its chart. */
async function withoutChart(send: () => Reply): Promise<Reply> {
  const waited = here.clock.sleepThrough(WAIT)
  const reply = send()
  await waited
  await reply.answered()
  expect(hasChart(reply.message)).toBe(false)
  return reply
}

function hasChart(message: Message): boolean {
  return message.files.length > 0 && JSON.stringify(message.body.embeds).includes('attachment://activity.png')
}

function outcomesOf({ interaction }: Reply): string[] {
  return interaction.outcomes.map(({ type }) => type)
}

test('activity is shown without a chart that takes long, and once more with it', async () => {
  const reply = await withoutChart(() => here.moderator.send('audit activity'))
  const text = textOf(reply.message)
  expect(painter.chart(0).guildId).toBe(here.town.guild.id)
  painter.chart(0).resolve(PNG)
  await here.settled()
  expect(hasChart(reply.message)).toBe(true)
  expect(textOf(reply.message)).toBe(text)
  expect(outcomesOf(reply)).toEqual(['thinking', 'shown', 'edited'])
})

test('a page that was turned to before the chart is ready stays, and only its own chart is drawn', async () => {
  const { message } = await withoutChart(() => here.moderator.send('audit activity'))
  await withoutChart(() => here.moderator.sendClick(message, 'Next'))
  const page = textOf(message)
  expect(page).toContain('11. <@')
  expect(painter.chart(0).signal.aborted).toBe(true)
  expect(painter.chart(1).signal.aborted).toBe(false)
  painter.chart(1).resolve(PNG)
  await here.settled()
  expect([textOf(message), hasChart(message)]).toEqual([page, true])
  expect(here.log.shown).toEqual([])
})

test('nothing is edited once Custos stops, and the chart is given up', async () => {
  const reply = await withoutChart(() => here.moderator.send('audit activity'))
  here.stop()
  expect(painter.chart(0).signal.aborted).toBe(true)
  painter.chart(0).resolve(PNG)
  await here.settled()
  expect(outcomesOf(reply)).toEqual(['thinking', 'shown'])
  expect(here.log.shown).toEqual([])
})

test('nothing is edited once the interaction has expired, and the chart is given up', async () => {
  const reply = await withoutChart(() => here.moderator.send('audit activity'))
  here.clock.advance(15 * MINUTE)
  await here.settled()
  expect(painter.chart(0).signal.aborted).toBe(true)
  expect(outcomesOf(reply)).toEqual(['thinking', 'shown'])
  expect(here.log.shown).toEqual([])
})

test('a chart that cannot be drawn is logged once, and the answer stays without it', async () => {
  const reply = await withoutChart(() => here.moderator.send('audit activity'))
  painter.chart(0).reject(new Error('There is no paint.'))
  await here.settled()
  expect(outcomesOf(reply)).toEqual(['thinking', 'shown'])
  expect(here.log.shown.map(({ level, message }) => [level, message])).toEqual([
    ['error', 'Drawing a chart failed.'],
  ])
})
