import { expect, test } from 'vitest'
import { migrations } from '../../../../src/archive/sqlite/migrations/index.ts'
import { firstIdAt } from '../../../../src/core/snowflake.ts'
import { archiveBefore } from '../../../support/archive/archive-before.ts'
import { testArchive } from '../../../support/archive/shared-archive.ts'
import { allEntries, entriesOf } from '../../../support/entries/entries.ts'

const HOUR = 3_600_000
const START = Date.UTC(2026, 10, 1)
const GUILD = '1564237482688512200'

const ENTRIES = entriesOf(
  GUILD,
  Array.from({ length: 60 }, (_, index) => ({
    id: firstIdAt(START + index * HOUR),
    action_type: [20, 22, 23, 24, 72, 999][index % 6],
    user_id: String(101 + (index % 3)),
    target_id: String(201 + (index % 5)),
    reason: index % 4 === 0 ? `Spam ${index}` : undefined,
    ...(index % 7 === 0 && { user_id: null }),
    ...(index % 6 === 4 && { options: { channel_id: '301', count: '3' } }),
  })),
)

const EARLIER = Object.keys(migrations).slice(1)

test.each(EARLIER)(
  'an archive from before %s opens with all its entries, and answers like a new one',
  async (version) => {
    const upgraded = await testArchive(await archiveBefore(version, ENTRIES))
    const current = await testArchive()
    await current.record([{ guildId: GUILD, from: 'rest', entries: ENTRIES }])
    const answers = async (archive: typeof current) => ({
      entries: await allEntries(archive, GUILD),
      byKind: (await archive.countByKind(GUILD, {})).toSorted((a, b) => a.key - b.key),
      ranked: await archive.rank(GUILD, {}, { by: 'executor', most: 'entries', top: 5 }),
      repeats: await archive.repeats(GUILD, {}, { min: 2, skip: 0, limit: 10 }),
      bySpan: await archive.activityBySpan(
        GUILD,
        [5, 17, 40].map((hours) => firstIdAt(START + hours * HOUR)),
        ['101', '102', '103'],
      ),
      settings: await archive.settings(GUILD),
      operations: await archive.operations(GUILD),
      wasAsked: await archive.wasAsked(GUILD),
    })
    expect(await answers(upgraded)).toEqual(await answers(current))
    await upgraded.recordOperation(GUILD, {
      id: firstIdAt(START),
      by: '7',
      detail: { type: 'time zone', timeZone: 'Asia/Tokyo' },
    })
    expect(await upgraded.settings(GUILD)).toEqual({ timeZone: 'Asia/Tokyo' })
  },
)
