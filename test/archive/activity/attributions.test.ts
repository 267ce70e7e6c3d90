import { expect, test } from 'vitest'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { freshGuild, sharedArchive } from '../../support/archive/shared-archive.ts'
import { entriesOf } from '../../support/entries/entries.ts'
import { namedEntity, observationOf } from '../../support/entries/names.ts'

const archive = await sharedArchive()

const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = Date.UTC(2026, 10, 20)

/** A guild where a bot banned somebody for alice at these moments, in milliseconds after the start. */
async function guildWith(moments: readonly number[]) {
  const guildId = freshGuild()
  const payloads = moments.map((moment) => ({
    id: firstIdAt(START + moment),
    action_type: 22,
    user_id: '7',
    target_id: '8',
    reason: 'Banned by alice: spam',
  }))
  const names = [
    observationOf(namedEntity('7', 'bot', 'Gate')),
    { ...observationOf(namedEntity('1', 'user', 'Alice')), alias: 'alice' },
  ]
  await archive.record([{ guildId, entries: entriesOf(guildId, payloads), names, from: 'rest' }])
  return guildId
}

test('what bots did for a member comes with the UTC day of the last time, inside the window', async () => {
  const guildId = await guildWith([HOUR, 2 * DAY + HOUR, 2 * DAY + 20 * HOUR, 5 * DAY])
  const upTo = async (moment: number) =>
    (await archive.attributions(guildId, { to: firstIdAt(START + moment) })).get('1')
  expect(await upTo(9 * DAY)).toEqual({ entries: 4, lastDay: START + 5 * DAY })
  expect(await upTo(2 * DAY + 12 * HOUR)).toEqual({ entries: 2, lastDay: START + 2 * DAY })
  expect(await upTo(2 * DAY + HOUR)).toEqual({ entries: 1, lastDay: START })
  expect(await upTo(0)).toBeUndefined()
})

test('an entry that is deleted is not the last time any more', async () => {
  const guildId = await guildWith([HOUR])
  await archive.applyRetention(guildId, firstIdAt(START + DAY), START)
  expect(await archive.attributions(guildId, {})).toEqual(new Map())
})
