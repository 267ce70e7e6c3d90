import { expect, test } from 'vitest'
import type { Archive, ArchiveUpdate } from '../../src/core/archive.ts'
import type { Snowflake } from '../../src/core/snowflake.ts'
import { freshGuild, sharedArchive } from '../support/archive/shared-archive.ts'
import { entriesOf } from '../support/entries/entries.ts'
import { namedEntity, observationOf } from '../support/entries/names.ts'

const shared = await sharedArchive()
const alone = await sharedArchive()

/** The same ids in every guild, so that entries differ by guild only. */
const [ours, theirs] = [freshGuild(), freshGuild()]
await shared.record([
  updateOf(ours, 'ours', 3),
  updateOf(theirs, 'theirs', 5),
  updateOf(freshGuild(), 'others', 1),
])
await alone.record([updateOf(ours, 'ours', 3)])

type Query = (archive: Archive) => Promise<unknown>

const slice = { order: 'newest', limit: 50 } as const
const options = { most: 'units', top: 50 } as const

test.each<[string, Query]>([
  ['a list', (archive) => archive.list(ours, {}, slice)],
  ['a list, oldest first', (archive) => archive.list(ours, {}, { ...slice, order: 'oldest' })],
  ['a list past an id', (archive) => archive.list(ours, {}, { ...slice, past: '3' })],
  ['a list by moderator', (archive) => archive.list(ours, { executorId: '7' }, slice)],
  ['a list by target', (archive) => archive.list(ours, { targetId: '8' }, slice)],
  ['a list by channel', (archive) => archive.list(ours, { channelId: '9' }, slice)],
  ['a list by kind', (archive) => archive.list(ours, { kinds: { anyOf: [72] } }, slice)],
  ['a list without a kind', (archive) => archive.list(ours, { kinds: { noneOf: [20] } }, slice)],
  ['a list by reason', (archive) => archive.list(ours, { reason: 'irs' }, slice)],
  ['a list by a reason of theirs', (archive) => archive.list(ours, { reason: 'theirs' }, slice)],
  ['an entry', (archive) => archive.entry(ours, '2')],
  ['an entry of theirs', (archive) => archive.entry(ours, '5')],
  ['the newest id', (archive) => archive.newestId(ours)],
  ['counts', (archive) => archive.countByKind(ours, {})],
  ['counts by target', (archive) => archive.countByKind(ours, { targetId: '8' })],
  ['moderators', (archive) => archive.rank(ours, {}, { by: 'executor', ...options })],
  ['targets', (archive) => archive.rank(ours, {}, { by: 'target', ...options })],
  ['channels', (archive) => archive.rank(ours, {}, { by: 'channel', ...options })],
  ['coverage', (archive) => archive.coverage(ours)],
  ['names', (archive) => archive.names(ours, ['7', '8', '55'])],
  ['all names', (archive) => archive.findNames(ours, '', 50)],
  ['a search for a name of theirs', (archive) => archive.findNames(ours, 'theirs', 50)],
  ['a search for an id of theirs', (archive) => archive.findNames(ours, '55', 50)],
])('%s: the answer is the same with other guilds in the archive', async (_, query) => {
  expect(await query(shared)).toEqual(await query(alone))
})

test('each guild has its own entries', async () => {
  const reasons = async (guildId: Snowflake) =>
    (await shared.list(guildId, {}, slice)).map(({ reason }) => reason)
  expect(await reasons(ours)).toEqual(Array(3).fill('ours'))
  expect(await reasons(theirs)).toEqual(Array(5).fill('theirs'))
})

function updateOf(guildId: Snowflake, mark: string, howMany: number): ArchiveUpdate {
  const payloads = Array.from({ length: howMany }, (_, index) => ({
    id: String(index + 1),
    action_type: index % 2 === 0 ? 72 : 20,
    user_id: index === 4 ? '55' : '7',
    target_id: '8',
    reason: mark,
    options: { channel_id: '9', count: String(howMany) },
  }))
  return {
    guildId,
    entries: entriesOf(guildId, payloads),
    from: 'rest',
    complete: [{ start: '1', end: String(howMany) }],
    readAt: howMany,
    names: [
      observationOf(namedEntity('7', 'user', mark)),
      ...(howMany > 4 ? [observationOf(namedEntity('55', 'role', `${mark} too`))] : []),
    ],
  }
}
