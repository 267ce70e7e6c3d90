import { expect, test } from 'vitest'
import * as members from '../../sandbox/actions/members.ts'
import * as messages from '../../sandbox/actions/messages.ts'
import { type Cast, castOf, logOf } from '../support/known-ids.ts'
import { openDiscord } from '../support/open-discord.ts'

const ENTRY = 'GUILD_AUDIT_LOG_ENTRY_CREATE'
const MINUTE = 60_000

/** What Discord folds into an earlier entry of the same kind. */
const FOLDED: readonly (readonly [
  what: string,
  act: (cast: Cast) => void,
  options: (cast: Cast) => object,
])[] = [
  [
    'deletes of one author’s messages in a channel',
    ({ scene, general, marble }) => messages.deleteMessage(scene, general, marble),
    ({ general }) => ({ channel_id: general }),
  ],
  [
    'moves to a channel',
    ({ scene, lounge }) => members.move(scene, lounge),
    ({ lounge }) => ({ channel_id: lounge }),
  ],
  ['disconnects', ({ scene }) => members.disconnect(scene), () => ({})],
]

/** How often each entry of the log counts, oldest first. */
function countsOf(cast: Cast): unknown[] {
  return logOf(cast).map(({ options }) => options?.count)
}

test.each(FOLDED)('%s grow one entry, of which only the first is heard', async (_, act, options) => {
  const cast = castOf(await openDiscord())
  const { here } = cast
  const client = await here.listen()
  act(cast)
  const [first] = here.town.guild.log.since()
  here.clock.advance(4 * MINUTE)
  act(cast)
  act(cast)
  expect(here.town.guild.log.since()).toEqual([{ ...first, options: { ...options(cast), count: '3' } }])
  expect(await client.heard()).toEqual([
    { op: 0, t: ENTRY, s: 3, d: { ...first, guild_id: here.town.guild.id } },
  ])
  expect(first?.options).toEqual({ ...options(cast), count: '1' })
})

test.each(FOLDED)('%s are folded for five minutes since the first, and no longer', async (_, act) => {
  const cast = castOf(await openDiscord())
  const { clock } = cast.here
  act(cast)
  clock.advance(3 * MINUTE)
  act(cast)
  clock.advance(2 * MINUTE)
  act(cast)
  expect(countsOf(cast)).toEqual(['3'])
  clock.advance(1)
  const client = await cast.here.listen()
  act(cast)
  expect(countsOf(cast)).toEqual(['3', '1'])
  expect(await client.heard()).toMatchObject([{ t: ENTRY, d: { options: { count: '1' } } }])
})

test('the time of folding can be set', async () => {
  const cast = castOf(await openDiscord({ mergeWindow: 1000 }))
  members.disconnect(cast.scene)
  cast.here.clock.advance(1000)
  members.disconnect(cast.scene)
  cast.here.clock.advance(1)
  members.disconnect(cast.scene)
  expect(countsOf(cast)).toEqual(['2', '1'])
})

test.each(FOLDED)('%s by another moderator have an entry of their own', async (_, act) => {
  const cast = castOf(await openDiscord())
  const bruno = { ...cast, scene: { ...cast.scene, actorId: cast.bruno } }
  for (const actor of [cast, bruno, cast, bruno, bruno]) act(actor)
  expect(logOf(cast)).toMatchObject([
    { user_id: cast.alice, options: { count: '2' } },
    { user_id: cast.bruno, options: { count: '3' } },
  ])
})

test('deletes in another channel, or of another author, have an entry of their own', async () => {
  const cast = castOf(await openDiscord())
  const { scene, general, help, marble, quill } = cast
  messages.deleteMessage(scene, general, marble)
  messages.deleteMessage(scene, help, marble)
  messages.deleteMessage(scene, general, quill)
  messages.deleteMessage(scene, general, marble)
  expect(logOf(cast)).toMatchObject([
    { target_id: marble, options: { channel_id: general, count: '2' } },
    { target_id: marble, options: { channel_id: help, count: '1' } },
    { target_id: quill, options: { channel_id: general, count: '1' } },
  ])
})

test('moves to another channel have an entry of their own', async () => {
  const cast = castOf(await openDiscord())
  for (const channel of [cast.lounge, cast.study, cast.lounge]) members.move(cast.scene, channel)
  expect(logOf(cast)).toMatchObject([
    { options: { channel_id: cast.lounge, count: '2' } },
    { options: { channel_id: cast.study, count: '1' } },
  ])
})

test('what happens in between does not keep deletes apart', async () => {
  const cast = castOf(await openDiscord())
  const { scene, general, marble, quill } = cast
  messages.deleteMessage(scene, general, marble)
  members.kick(scene, quill)
  messages.bulkDelete(scene, general, 10)
  messages.deleteMessage(scene, general, marble)
  expect(countsOf(cast)).toEqual(['2', undefined, '10'])
})

test('of two entries that would fit, the newer grows', async () => {
  const cast = castOf(await openDiscord())
  const { clock } = cast.here
  members.disconnect(cast.scene)
  clock.advance(5 * MINUTE + 1)
  members.disconnect(cast.scene)
  clock.advance(MINUTE)
  members.disconnect(cast.scene)
  expect(countsOf(cast)).toEqual(['1', '2'])
})

test('bulk deletes are never folded', async () => {
  const cast = castOf(await openDiscord())
  messages.bulkDelete(cast.scene, cast.general, 10)
  messages.bulkDelete(cast.scene, cast.general, 20)
  expect(countsOf(cast)).toEqual(['10', '20'])
})
