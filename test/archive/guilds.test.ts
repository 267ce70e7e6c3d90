import { expect, test } from 'vitest'
import type { Archive, ArchiveUpdate } from '../../src/core/archive.ts'
import type { Snowflake } from '../../src/core/snowflake.ts'
import { entriesOf } from '../support/entries.ts'
import { known, naming } from '../support/names.ts'
import { freshGuild, sharedArchive } from '../support/shared-archive.ts'

const shared = await sharedArchive()
const alone = await sharedArchive()

/** The same ids in every guild, so that only the guild tells their entries apart. */
const [ours, theirs] = [freshGuild(), freshGuild()]
await shared.record([
  learntOf(ours, 'ours', 3),
  learntOf(theirs, 'theirs', 5),
  learntOf(freshGuild(), 'others', 1),
])
await alone.record([learntOf(ours, 'ours', 3)])

type Ask = (archive: Archive) => Promise<unknown>

const slice = { order: 'newest', limit: 50 } as const
const wanted = { most: 'units', top: 50 } as const

test.each<[string, Ask]>([
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
  ['moderators', (archive) => archive.rank(ours, {}, { by: 'executor', ...wanted })],
  ['targets', (archive) => archive.rank(ours, {}, { by: 'target', ...wanted })],
  ['channels', (archive) => archive.rank(ours, {}, { by: 'channel', ...wanted })],
  ['coverage', (archive) => archive.coverage(ours)],
  ['names', (archive) => archive.names(ours, ['7', '8', '55'])],
  ['names to pick from', (archive) => archive.findNames(ours, '', 50)],
  ['a name of theirs to pick', (archive) => archive.findNames(ours, 'theirs', 50)],
  ['an id of theirs to pick', (archive) => archive.findNames(ours, '55', 50)],
])('%s: a guild gets the same answer as if it were alone', async (_, ask) => {
  expect(await ask(shared)).toEqual(await ask(alone))
})

test('and each of them has its own', async () => {
  const reasons = async (guildId: Snowflake) =>
    (await shared.list(guildId, {}, slice)).map(({ reason }) => reason)
  expect(await reasons(ours)).toEqual(Array(3).fill('ours'))
  expect(await reasons(theirs)).toEqual(Array(5).fill('theirs'))
})

function learntOf(guildId: Snowflake, mark: string, howMany: number): ArchiveUpdate {
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
      naming(known('7', 'user', mark)),
      ...(howMany > 4 ? [naming(known('55', 'role', `${mark} too`))] : []),
    ],
  }
}
