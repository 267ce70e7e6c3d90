import { beforeEach, expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../../src/core/time/units.ts'
import { archiveFile } from '../../support/archive/archive-file.ts'
import { makeSearchesEndless } from '../../support/archive/endless-searches.ts'
import { entryOf } from '../../support/entries/entries.ts'
import { type OpenInteractions, openInteractions } from '../../support/open-interactions.ts'
import { textOf } from '../../support/read.ts'

/** Where every search is endless. */
let here: OpenInteractions

beforeEach(async () => {
  const path = archiveFile()
  here = await openInteractions({ path })
  const guildId = here.town.guild.id
  const entries = [entryOf(guildId, { id: here.discord.world.newId(), action_type: 22, user_id: '1' })]
  await here.archive.record([{ guildId, entries, from: 'rest' }])
  makeSearchesEndless(path)
})

/** Runs a search, which is running or in line when this resolves. */
async function search() {
  const reply = here.moderator.send('audit recent', { reason: 'zebra' })
  await reply.until((outcomes) => outcomes.length > 0)
  return reply
}

test('when Custos stops, members whose searches do not end read that it is stopping', async () => {
  const replies = await Promise.all([search(), search(), search()])
  here.giveUp()
  for (const reply of replies) {
    const { message } = await reply.answered()
    expect(textOf(message)).toBe('Custos is stopping. Try again when it is back.')
  }
  expect(here.log.shown).toEqual([])
})

test('a search is given up when its interaction expires, and nothing more is sent', async () => {
  const reply = await search()
  here.clock.advance(15 * MINUTE)
  await here.settled()
  expect(here.log.shown).toEqual([
    {
      level: 'info',
      message: 'The interaction expired before it was answered.',
      facts: expect.objectContaining({ guild: here.town.guild.id, reason: 'The interaction has expired.' }),
    },
  ])
  expect(reply.interaction.outcomes.map(({ type }) => type)).toEqual(['thinking'])
})

test('suggestions are given up after three seconds, because Discord no longer shows them', async () => {
  const handled = here.clock.slept(3 * SECOND)
  const typed = here.moderator.autocomplete('audit entry', 'id', 'kick')
  await handled
  here.clock.advance(3 * SECOND)
  expect(await typed).toEqual([])
  expect(here.log.shown).toEqual([])
})
