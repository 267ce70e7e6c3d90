import { expect, test } from 'vitest'
import { suggestionsFor } from '../../../src/command/autocomplete/suggestions.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import type { WatchDraft } from '../../../src/core/watch/watch.ts'
import { freshGuild, sharedArchive } from '../../support/archive/shared-archive.ts'
import { namedEntity, observationOf } from '../../support/entries/names.ts'
import { ALERT, DIGEST, FEED } from '../../support/watches.ts'

const archive = await sharedArchive()

const NOW = Date.UTC(2026, 10, 24, 12)
const CHANNEL = '1564237482688512301'
const MODERATOR = '1564237482688512302'
const FEED_OF_MODERATOR = { ...FEED, filter: { executorId: MODERATOR } }

/** A guild with these watches, where the channel and the moderator have names. */
async function guildWith(drafts: readonly WatchDraft[], [channel, moderator]: readonly [string, string]) {
  const guildId = freshGuild()
  const names = [
    observationOf(namedEntity(CHANNEL, 'channel', channel)),
    observationOf(namedEntity(MODERATOR, 'user', moderator)),
  ]
  await archive.record([{ guildId, entries: [], from: 'gateway', names }])
  for (const [index, draft] of drafts.entries())
    await archive.addWatch(guildId, { id: firstIdAt(NOW + index), by: '7' }, draft)
  return (type: 'feeds' | 'alerts' | 'digests', typed = '') =>
    suggestionsFor(type, typed, { guildId, now: NOW, timeZone: 'UTC' }, archive)
}

test('those of a type are suggested by number, with their channel and what they post', async () => {
  const definitions = [FEED, ALERT, DIGEST, FEED_OF_MODERATOR]
  const drafts = definitions.map((definition) => ({ channelId: CHANNEL, definition }))
  const suggested = await guildWith(drafts, ['mod-log', 'Ann'])
  expect(await suggested('feeds')).toEqual([
    { name: '1 · #mod-log · every entry', value: '1' },
    { name: '4 · #mod-log · by @Ann', value: '4' },
  ])
  expect(await suggested('alerts')).toEqual([
    { name: '2 · #mod-log · Member Ban Add · 5 within 10 minutes by one moderator', value: '2' },
  ])
  expect(await suggested('digests')).toEqual([{ name: '3 · #mod-log · every Monday at 09:00', value: '3' }])
  expect((await suggested('feeds', 'ANN')).map(({ value }) => value)).toEqual(['4'])
  expect(await suggested('feeds', 'nobody')).toEqual([])
})

test('whatever a channel and a member are called, a suggestion is one line that fits', async () => {
  const drafts = [{ channelId: CHANNEL, definition: FEED_OF_MODERATOR }]
  const suggested = await guildWith(drafts, [`\u202E${'x'.repeat(100)}`, `سارة\n${'ع'.repeat(100)}`])
  const [feed, ...others] = await suggested('feeds')
  expect(others).toEqual([])
  expect(feed?.value).toBe('1')
  expect(feed?.name).toMatch(/^1 · #x+… · by \u2068?@/)
  expect(feed?.name.length).toBeLessThanOrEqual(100)
  expect(feed?.name).not.toMatch(/[\n\u202E]/)
})
