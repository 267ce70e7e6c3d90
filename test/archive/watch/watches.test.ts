import { describe, expect, onTestFinished, test } from 'vitest'
import { openArchive } from '../../../src/archive/open/open.ts'
import type { WatchDraft } from '../../../src/core/watch/watch.ts'
import { emptyAddress, execute } from '../../support/archive/moving.ts'
import { freshGuild, sharedArchive } from '../../support/archive/shared-archive.ts'
import { added, DIGEST, feedOf, recordDeletes } from '../../support/archive/watches.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

const archive = await sharedArchive()

const ALERT: WatchDraft = {
  channelId: '303',
  definition: {
    type: 'alert',
    rule: { type: 'preset', preset: 'mass bans & kicks' },
    count: 5,
    within: 60_000,
    per: 'moderator',
    exempt: { userIds: ['5'], roleIds: [] },
  },
}

describe('a watch', () => {
  test('is stored as it was set, with who set it and when, for its guild only', async () => {
    const [guildId, other] = [freshGuild(), freshGuild()]
    const drafts = [feedOf({ reason: 'half \ud800 and a \0' }), ALERT, DIGEST]
    for (const [index, draft] of drafts.entries()) await added(archive, guildId, String(index + 5), draft)
    const watches = drafts.map((draft, index) => {
      const setAt = String(index + 5)
      return { guildId, number: index + 1, ...draft, setBy: '7', setAt, position: 0 }
    })
    expect(await archive.watches(guildId)).toEqual(watches)
    expect(await archive.watches(other)).toEqual([])
    expect(await archive.allWatches()).toEqual(expect.arrayContaining(watches))
  })

  test('is among the operations of its guild when it is added and when it is removed', async () => {
    const guildId = freshGuild()
    const { number } = await added(archive, guildId, '5', ALERT)
    await archive.removeWatch(guildId, { id: '6', by: '8' }, number)
    expect(await archive.operations(guildId)).toEqual([
      { id: '6', by: '8', detail: { type: 'watch removed', number, watch: ALERT } },
      { id: '5', by: '7', detail: { type: 'watch added', number, watch: ALERT } },
    ])
    expect(await archive.watches(guildId)).toEqual([])
  })

  test('is added once by an interaction, and not again after it was removed', async () => {
    const guildId = freshGuild()
    const [one, same] = await Promise.all([added(archive, guildId, '5'), added(archive, guildId, '5')])
    expect(same).toEqual(one)
    expect(await archive.watches(guildId)).toEqual([one])
    await archive.removeWatch(guildId, { id: '6', by: '7' }, one.number)
    expect(await archive.addWatch(guildId, { id: '5', by: '7' }, feedOf())).toBeUndefined()
    expect(await archive.operations(guildId)).toHaveLength(2)
  })

  test('is removed once, and no number is used again', async () => {
    const guildId = freshGuild()
    const watch = await added(archive, guildId, '5')
    const change = { id: '6', by: '7' }
    const removals = [
      archive.removeWatch(guildId, change, watch.number),
      archive.removeWatch(guildId, change, watch.number),
    ]
    expect((await Promise.all(removals)).filter((removed) => removed !== undefined)).toEqual([watch])
    expect(await archive.removeWatch(guildId, { id: '7', by: '7' }, 99)).toBeUndefined()
    expect(await archive.operations(guildId)).toHaveLength(2)
    expect(await added(archive, guildId, '8')).toMatchObject({ number: 2 })
  })

  test('takes its posts with it, and those of others stay', async () => {
    const guildId = freshGuild()
    for (const id of ['5', '6']) await added(archive, guildId, id)
    for (const number of [1, 2]) await archive.saveProgress(guildId, number, { posts: [postOf(number)] })
    await archive.removeWatch(guildId, { id: '9', by: '7' }, 1)
    expect(await archive.newestPosts(guildId, 1, 5)).toEqual([])
    expect(await archive.newestPosts(guildId, 2, 5)).toHaveLength(1)
    expect(await archive.saveProgress(guildId, 1, { position: 5, posts: [postOf(1)] })).toBe(false)
    expect(await archive.newestPosts(guildId, 1, 5)).toEqual([])
  })
})

test('a guild has at most 20 watches, although several are added at the same moment', async () => {
  const guildId = freshGuild()
  const adding = Array.from({ length: 23 }, (_, index) =>
    archive.addWatch(guildId, { id: String(index + 1), by: '7' }, feedOf()),
  )
  expect((await Promise.all(adding)).filter((watch) => watch !== undefined)).toHaveLength(20)
  expect(await archive.watches(guildId)).toHaveLength(20)
  await archive.removeWatch(guildId, { id: '100', by: '7' }, 4)
  expect(await added(archive, guildId, '101')).toMatchObject({ number: 21 })
})

test('a guild that only has a watch is among the guilds of which something is stored', async () => {
  const guildId = freshGuild()
  await added(archive, guildId, '5')
  expect(await archive.guilds()).toContain(guildId)
})

test('what a newer version wrote is left out and logged, and keeps nothing else from being read', async () => {
  const address = await emptyAddress()
  const guildId = freshGuild()
  const first = await openArchive(address)
  for (const id of ['5', '6']) await added(first, guildId, id)
  await first.close()
  await execute(address, `UPDATE watch SET definition = '{"type":"poll"}' WHERE number = 1`)
  await execute(address, `UPDATE operation SET detail = '{"type":"poll"}' WHERE id = 5`)
  const log = new RecordedLog()
  const own = await openArchive(address, log)
  onTestFinished(() => own.close())
  expect(await own.allWatches()).toMatchObject([{ number: 2 }])
  expect(await own.operations(guildId)).toMatchObject([{ id: '6' }])
  expect(log.lines.filter(({ level }) => level === 'error')).toMatchObject([
    { facts: { guild: guildId, watch: 1 } },
    { facts: { guild: guildId, operation: '5' } },
  ])
  expect(await own.watches(guildId)).toMatchObject([{ number: 2 }])
  expect(await recordDeletes(own, guildId, ['9'])).toEqual([guildId])
})

function postOf(watch: number) {
  return {
    watch,
    number: 1,
    after: 0,
    to: 1,
    content: { type: 'digest' as const, from: 1, to: 2, skipped: 0 },
    delivery: { type: 'planned' as const },
  }
}
