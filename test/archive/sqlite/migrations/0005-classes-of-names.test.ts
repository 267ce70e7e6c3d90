import { type Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Archive } from '../../../../src/core/archive.ts'
import { archiveBefore } from '../../../support/archive/archive-before.ts'
import { testArchive } from '../../../support/archive/shared-archive.ts'
import { entriesOf, entryOf } from '../../../support/entries/entries.ts'

const GUILD = '900000000000000001'
const OTHER = '900000000000000002'
const [TICKET, ROOM, OFFICE, SECRET] = [11, 12, 13, 14].map((digits) => `9000000000000000${digits}`)
const NOW = '1574756470000000000'
/** Later than any entry, because the earlier version overwrote names at every start. */
const LATE = '1574756479000000000'

interface OldName {
  readonly guild?: string
  readonly id: string | undefined
  readonly is: string
  readonly name: string | null
  readonly alias?: string
  readonly at?: string
  readonly goneAt?: string
}

/** Opens an archive of the version before. */
async function upgraded(names: readonly OldName[], entries: readonly object[] = []): Promise<Archive> {
  const path = await archiveBefore('0005-classes-of-names', entriesOf(GUILD, entries), async (db) => {
    for (const name of names) await insert(db, name)
  })
  return await testArchive(path)
}

async function insert(db: Kysely<unknown>, oldName: OldName): Promise<void> {
  const { guild = GUILD, id = '', is: type, name, alias = null, at = LATE, goneAt = '0' } = oldName
  await sql`
    INSERT INTO name (guild, id, "is", name, folded, alias, named_at, there_at, gone_at)
    VALUES (${BigInt(guild)}, ${BigInt(id)}, ${type}, ${name}, ${name?.toLowerCase() ?? null}, ${alias},
      ${name === null ? 0n : BigInt(at)}, ${BigInt(at)}, ${BigInt(goneAt)})`.execute(db)
}

const renamed = (id: string, target_id: string | undefined, from: string, to: string) => ({
  id,
  action_type: 11,
  target_id,
  changes: [
    { key: 'nsfw', new_value: true },
    { key: 'name', old_value: from, new_value: to },
  ],
})

async function nameOf(archive: Archive, id: string | undefined): Promise<string | undefined> {
  return (await archive.names(GUILD, [id ?? ''])).get('channel', id ?? '')?.name
}

test('the names of an earlier archive are stored under their class', async () => {
  const archive = await upgraded([
    { id: '1', is: 'user', name: 'Ann', alias: 'ann' },
    { id: '2', is: 'bot', name: 'Sweeper' },
    { id: '3', is: 'thread', name: 'Plans', goneAt: '1574756480000000000' },
    { id: '4', is: 'emoji', name: 'Wave' },
    { id: '5', is: 'user', name: null },
    { guild: OTHER, id: '1', is: 'role', name: 'Elsewhere' },
  ])
  const { all } = await archive.names(GUILD, ['1', '2', '3', '4', '5'])
  expect(all.map(({ id, type, name, presence }) => [id, type, name, presence])).toEqual([
    ['1', 'user', 'Ann', 'present'],
    ['2', 'bot', 'Sweeper', 'present'],
    ['3', 'thread', 'Plans', 'gone'],
    ['4', 'emoji', 'Wave', 'present'],
  ])
  expect((await archive.findNames(GUILD, 'SWEEP', 5)).map(({ id }) => id)).toEqual(['2'])
  expect((await archive.names(OTHER, ['1'])).get('role', '1')?.name).toBe('Elsewhere')
})

test('names overwritten with that of hidden channels come from the newest entry that has them', async () => {
  const hidden = (id: string | undefined, more: Partial<OldName> = {}): OldName => ({
    id,
    is: 'channel',
    name: '___hidden___',
    ...more,
  })
  const archive = await upgraded(
    [hidden(TICKET), hidden(ROOM, { goneAt: '1574756480000000000' }), hidden(OFFICE), hidden(SECRET)],
    [
      { id: '101', action_type: 10, target_id: TICKET, changes: [{ key: 'name', new_value: 'ticket-1' }] },
      renamed('102', TICKET, 'ticket-1', 'Büro-Ärger'),
      { id: '103', action_type: 11, target_id: TICKET, changes: [{ key: 'nsfw', new_value: true }] },
      { id: '104', action_type: 73, target_id: TICKET, changes: [{ key: 'name', new_value: 'no name' }] },
      { id: '105', action_type: 12, target_id: ROOM, changes: [{ key: 'name', old_value: 'mod-room' }] },
      {
        id: '106',
        action_type: 11,
        target_id: OFFICE,
        changes: [{ key: 'name', new_value: 7 }, 'name', null],
      },
      { id: '107', action_type: 11, target_id: OFFICE, changes: 'name' },
      { id: '108', action_type: 11, target_id: OFFICE, changes: { key: 'name', new_value: 'x' } },
    ],
  )
  expect(await nameOf(archive, TICKET)).toBe('Büro-Ärger')
  expect((await archive.findNames(GUILD, 'ÄRGER', 5)).map(({ name }) => name)).toEqual(['Büro-Ärger'])
  expect((await archive.names(GUILD, [ROOM ?? ''])).all).toMatchObject([
    { name: 'mod-room', presence: 'gone' },
  ])
  expect(await nameOf(archive, OFFICE)).toBeUndefined()
  expect(await nameOf(archive, SECRET)).toBeUndefined()
  expect(await archive.findNames(GUILD, 'hidden', 5)).toEqual([])
  // New names count again, although the stored time of the name was later than any entry.
  const entries = [entryOf(GUILD, renamed(NOW, SECRET, 'secret', 'open'))]
  await archive.record([{ guildId: GUILD, entries, from: 'gateway' }])
  expect(await nameOf(archive, SECRET)).toBe('open')
})

test('names overwritten with a topic come from the newest entry that has them', async () => {
  const topic = (id: string, target_id: string | undefined, new_value: string) => ({
    id,
    action_type: 11,
    target_id,
    changes: [{ key: 'topic', new_value }],
  })
  const archive = await upgraded(
    [
      { id: TICKET, is: 'channel', name: 'Bring ID', at: '103' },
      { id: ROOM, is: 'channel', name: 'no topic of it', at: '104' },
      { id: OFFICE, is: 'channel', name: 'office', at: '106' },
    ],
    [
      renamed('101', TICKET, 'ticket-1', 'ticket-2'),
      topic('103', TICKET, 'Bring ID'),
      topic('104', ROOM, 'no topic of it'),
      topic('105', OFFICE, 'Open 9 to 5'),
      renamed('106', OFFICE, 'bureau', 'office'),
    ],
  )
  expect(await nameOf(archive, TICKET)).toBe('ticket-2')
  expect(await nameOf(archive, ROOM)).toBeUndefined()
  expect(await nameOf(archive, OFFICE)).toBe('office')
})

test('the first channel’s name is restored from its entries if another thing with its id replaced it', async () => {
  const archive = await upgraded(
    [{ id: GUILD, is: 'role', name: '@everyone' }],
    [
      renamed('101', GUILD, 'general', 'general-old'),
      { id: '102', action_type: 12, target_id: GUILD, changes: [{ key: 'name', old_value: 'general-old' }] },
    ],
  )
  const names = await archive.names(GUILD, [GUILD])
  expect(names.get('role', GUILD)).toMatchObject({ name: '@everyone', presence: 'present' })
  expect(names.get('channel', GUILD)).toMatchObject({ name: 'general-old', presence: 'gone' })
  expect((await archive.findNames(GUILD, 'GENERAL', 5)).map(({ type }) => type)).toEqual(['channel'])
})

test('an archive without names or entries is upgraded too', async () => {
  const archive = await upgraded([])
  expect(await archive.findNames(GUILD, '', 5)).toEqual([])
})
