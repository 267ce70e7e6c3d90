import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import { openDiscord } from '../../support/open-discord.ts'
import { entriesOf, type KnownIds, knownIds } from '../../support/sandbox/known-ids.ts'

const ENTRY = 'GUILD_AUDIT_LOG_ENTRY_CREATE'
const MINUTE = 60_000

/** The actions that Discord merges into an earlier entry. */
const MERGED: readonly (readonly [
  what: string,
  act: (ids: KnownIds) => void,
  options: (ids: KnownIds) => object,
])[] = [
  [
    'deletes of one author’s messages in a channel',
    ({ actor, general, marble }) => messages.deleteMessage(actor, general, marble),
    ({ general }) => ({ channel_id: general }),
  ],
  [
    'moves to a channel',
    ({ actor, lounge }) => members.move(actor, lounge),
    ({ lounge }) => ({ channel_id: lounge }),
  ],
  ['disconnects', ({ actor }) => members.disconnect(actor), () => ({})],
]

/** The count of each entry, oldest first. */
function countsOf(ids: KnownIds): unknown[] {
  return entriesOf(ids).map(({ options }) => options?.count)
}

test.each(MERGED)(
  '%s raise the count of one entry, and only the first sends an event',
  async (_, act, options) => {
    const ids = knownIds(await openDiscord())
    const { discord } = ids
    const client = await discord.listen()
    act(ids)
    const [first] = discord.town.guild.log.since()
    discord.clock.advance(4 * MINUTE)
    act(ids)
    act(ids)
    expect(discord.town.guild.log.since()).toEqual([{ ...first, options: { ...options(ids), count: '3' } }])
    expect(await client.received()).toEqual([
      { op: 0, t: ENTRY, s: 3, d: { ...first, guild_id: discord.town.guild.id } },
    ])
    expect(first?.options).toEqual({ ...options(ids), count: '1' })
  },
)

test.each(MERGED)('%s are merged for five minutes after the first and no longer', async (_, act) => {
  const ids = knownIds(await openDiscord())
  const { clock } = ids.discord
  act(ids)
  clock.advance(3 * MINUTE)
  act(ids)
  clock.advance(2 * MINUTE)
  act(ids)
  expect(countsOf(ids)).toEqual(['3'])
  clock.advance(1)
  const client = await ids.discord.listen()
  act(ids)
  expect(countsOf(ids)).toEqual(['3', '1'])
  expect(await client.received()).toMatchObject([{ t: ENTRY, d: { options: { count: '1' } } }])
})

test('the merge window can be set', async () => {
  const ids = knownIds(await openDiscord({ mergeWindow: 1000 }))
  members.disconnect(ids.actor)
  ids.discord.clock.advance(1000)
  members.disconnect(ids.actor)
  ids.discord.clock.advance(1)
  members.disconnect(ids.actor)
  expect(countsOf(ids)).toEqual(['2', '1'])
})

test.each(MERGED)('%s by another moderator get an entry of their own', async (_, act) => {
  const ids = knownIds(await openDiscord())
  const bruno = { ...ids, actor: { ...ids.actor, actorId: ids.bruno } }
  for (const actor of [ids, bruno, ids, bruno, bruno]) act(actor)
  expect(entriesOf(ids)).toMatchObject([
    { user_id: ids.alice, options: { count: '2' } },
    { user_id: ids.bruno, options: { count: '3' } },
  ])
})

test('deletes in another channel or of another author get an entry of their own', async () => {
  const ids = knownIds(await openDiscord())
  const { actor, general, help, marble, quill } = ids
  messages.deleteMessage(actor, general, marble)
  messages.deleteMessage(actor, help, marble)
  messages.deleteMessage(actor, general, quill)
  messages.deleteMessage(actor, general, marble)
  expect(entriesOf(ids)).toMatchObject([
    { target_id: marble, options: { channel_id: general, count: '2' } },
    { target_id: marble, options: { channel_id: help, count: '1' } },
    { target_id: quill, options: { channel_id: general, count: '1' } },
  ])
})

test('moves to another channel get an entry of their own', async () => {
  const ids = knownIds(await openDiscord())
  for (const channel of [ids.lounge, ids.study, ids.lounge]) members.move(ids.actor, channel)
  expect(entriesOf(ids)).toMatchObject([
    { options: { channel_id: ids.lounge, count: '2' } },
    { options: { channel_id: ids.study, count: '1' } },
  ])
})

test('other entries in between do not prevent merging', async () => {
  const ids = knownIds(await openDiscord())
  const { actor, general, marble, quill } = ids
  messages.deleteMessage(actor, general, marble)
  members.kick(actor, quill)
  messages.bulkDelete(actor, general, 10)
  messages.deleteMessage(actor, general, marble)
  expect(countsOf(ids)).toEqual(['2', undefined, '10'])
})

test('of two entries that fit, the newer one grows', async () => {
  const ids = knownIds(await openDiscord())
  const { clock } = ids.discord
  members.disconnect(ids.actor)
  clock.advance(5 * MINUTE + 1)
  members.disconnect(ids.actor)
  clock.advance(MINUTE)
  members.disconnect(ids.actor)
  expect(countsOf(ids)).toEqual(['1', '2'])
})

test('bulk deletes are never merged', async () => {
  const ids = knownIds(await openDiscord())
  messages.bulkDelete(ids.actor, ids.general, 10)
  messages.bulkDelete(ids.actor, ids.general, 20)
  expect(countsOf(ids)).toEqual(['10', '20'])
})
