import { describe, expect, test } from 'vitest'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import type { Delivery, Post, PostContent } from '../../../src/core/watch/post.ts'
import { freshGuild, sharedArchive } from '../../support/archive/shared-archive.ts'
import { added, arrived, DIGEST, recordDeletes } from '../../support/archive/watches.ts'

const archive = await sharedArchive()

const START = Date.UTC(2026, 10, 20)
const DAY = 86_400_000

const SENT: Delivery = { type: 'sent', messageId: '1564237482688512104', isChanged: false }
const CHANGED: Delivery = { ...SENT, isChanged: true }

const DIGESTED: PostContent = { type: 'digest', from: START, to: START + 7 * DAY, skipped: 2 }
const OPEN: PostContent = {
  type: 'burst',
  key: 'x\0',
  from: '5',
  to: '9',
  lastAt: START,
  isOpen: true,
}

describe('what a watch has done', () => {
  test('is stored, and what is left out stays as it was', async () => {
    const guildId = freshGuild()
    const watch = await added(archive, guildId, '5')
    const paused = {
      obstacle: { type: 'permissions' as const, permissions: ['SendMessages'] },
      since: START,
      isTold: true,
    }
    expect(await archive.saveProgress(guildId, 1, { position: 4, doneTo: START, paused })).toBe(true)
    expect(await archive.watches(guildId)).toEqual([{ ...watch, position: 4, doneTo: START, paused }])
    expect(await archive.saveProgress(guildId, 1, {})).toBe(true)
    expect(await archive.watches(guildId)).toEqual([{ ...watch, position: 4, doneTo: START, paused }])
    await archive.saveProgress(guildId, 1, { paused: null, position: 5 })
    expect(await archive.watches(guildId)).toEqual([{ ...watch, position: 5, doneTo: START }])
  })

  test('is all stored or, if a post cannot be, not at all', async () => {
    const guildId = freshGuild()
    await added(archive, guildId, '5')
    const posts = [postOf(1), postOf(2, { content: { ...OPEN, lastAt: Number.NaN } })]
    await expect(archive.saveProgress(guildId, 1, { position: 4, posts })).rejects.toThrow()
    expect(await archive.watches(guildId)).toMatchObject([{ position: 0 }])
    expect(await archive.newestPosts(guildId, 1, 9)).toEqual([])
  })

  test('is not stored for a watch that is not there, whose guild stays unknown', async () => {
    const guildId = freshGuild()
    expect(await archive.saveProgress(guildId, 1, { position: 4, posts: [postOf(1)] })).toBe(false)
    expect(await archive.guilds()).not.toContain(guildId)
  })
})

describe('posts', () => {
  const all: readonly Post[] = [
    postOf(1, { content: DIGESTED, delivery: SENT }),
    postOf(2, { content: OPEN, delivery: SENT }),
    postOf(3, { content: OPEN, delivery: { type: 'dropped' } }),
    postOf(4, { delivery: CHANGED }),
    postOf(5, { delivery: { type: 'planned' } }),
    postOf(6, { delivery: { type: 'attempted', at: START } }),
    postOf(7, { delivery: { type: 'dropped' } }),
    postOf(8, { content: { type: 'unreadable', since: START }, delivery: SENT }),
    postOf(9, { content: { type: 'unreadable', since: START, until: START + 5 }, delivery: SENT }),
    postOf(10, { delivery: SENT }),
  ]

  test('come back as they were stored, newest first', async () => {
    const guildId = await guildWith(all)
    expect(await archive.newestPosts(guildId, 1, 100)).toEqual(all.toReversed())
    expect(await archive.newestPosts(guildId, 1, 2)).toEqual([all[9], all[8]])
    expect(await archive.newestPosts(guildId, 2, 2)).toEqual([])
  })

  test('are unfinished while they are open, not sent or not up to date', async () => {
    const guildId = await guildWith(all)
    const unfinished = await archive.unfinishedPosts(guildId, 1)
    expect(unfinished.map(({ number }) => number)).toEqual([2, 3, 4, 5, 6, 8])
    expect(await archive.watchesBehind()).toContainEqual({ guildId, number: 1 })
    await archive.saveProgress(guildId, 1, { posts: unfinished.map(({ number }) => postOf(number)) })
    await archive.saveProgress(guildId, 1, {
      posts: unfinished.map(({ number }) => postOf(number, { delivery: SENT })),
    })
    expect(await archive.unfinishedPosts(guildId, 1)).toEqual([])
    expect(await archive.watchesBehind()).not.toContainEqual({ guildId, number: 1 })
  })

  test('are found by an arrival that they show', async () => {
    const guildId = await guildWith([
      postOf(1, { after: 3, to: 5 }),
      postOf(2, { after: 5, to: 6 }),
      postOf(3, { after: 9, to: 20 }),
    ])
    const shown = async (arrival: number) => (await archive.postShowing(guildId, 1, arrival))?.number
    expect([await shown(3), await shown(4), await shown(5), await shown(6)]).toEqual([undefined, 1, 1, 2])
    expect([await shown(9), await shown(20), await shown(21), await shown(0)]).toEqual([
      undefined,
      3,
      undefined,
      undefined,
    ])
  })
})

test('a watch is behind while arrivals wait for it', async () => {
  const guildId = freshGuild()
  await added(archive, guildId, '1')
  await added(archive, guildId, '2', DIGEST)
  await recordDeletes(archive, guildId, ['5', '6'])
  const behind = async () => (await archive.watchesBehind()).filter((watch) => watch.guildId === guildId)
  expect(await behind()).toEqual([{ guildId, number: 1 }])
  await archive.saveProgress(guildId, 1, { position: 2 })
  expect(await behind()).toEqual([])
})

describe('what is handled and old is dropped', () => {
  const ids = [0, 1, 2].map((day) => firstIdAt(START + day * DAY))

  test('with the arrivals that every feed and alert has handled', async () => {
    const guildId = freshGuild()
    for (const id of ['1', '2']) await added(archive, guildId, id)
    await added(archive, guildId, '3', DIGEST)
    await recordDeletes(archive, guildId, ids)
    await archive.saveProgress(guildId, 1, { position: 3 })
    await archive.saveProgress(guildId, 2, { position: 2 })
    await archive.dropHandled(guildId, START + DAY)
    expect(await arrived(archive, guildId)).toEqual([
      [2, ids[1]],
      [3, ids[2]],
    ])
    await archive.dropHandled(guildId, START + 9 * DAY)
    expect(await arrived(archive, guildId)).toEqual([[3, ids[2]]])
    expect(await archive.newestArrival(guildId)).toBe(3)
  })

  test('but no arrivals that a post shows which is not sent yet, or may be edited', async () => {
    const guildId = freshGuild()
    await added(archive, guildId, '1')
    await recordDeletes(archive, guildId, ids)
    await archive.saveProgress(guildId, 1, { position: 3 })
    const summary = (delivery: Delivery): Post =>
      postOf(1, {
        after: 1,
        to: 3,
        content: {
          type: 'summary',
          reason: 'away',
          from: ids[1] ?? '',
          to: ids[2] ?? '',
          lastAt: START + 2 * DAY,
          isOpen: false,
        },
        delivery,
      })
    const left = async (delivery: Delivery, before: number) => {
      await archive.saveProgress(guildId, 1, { posts: [summary(delivery)] })
      await archive.dropHandled(guildId, before)
      return (await archive.arrivals(guildId, {}, { after: 0 }, 9)).map(({ number }) => number)
    }
    expect(await left({ type: 'planned' }, START + 9 * DAY)).toEqual([2, 3])
    expect(await left(CHANGED, START + 9 * DAY)).toEqual([2, 3])
    expect(await left(SENT, START + 2 * DAY)).toEqual([2, 3])
    expect(await left(SENT, START + 9 * DAY)).toEqual([])
  })

  test('although a digest was posted lately, which shows no arrivals', async () => {
    const guildId = freshGuild()
    await added(archive, guildId, '1')
    await added(archive, guildId, '2', DIGEST)
    await recordDeletes(archive, guildId, ids)
    await archive.saveProgress(guildId, 1, { position: 3 })
    const content: PostContent = { type: 'digest', from: START, to: START + 9 * DAY, skipped: 0 }
    const posts = [postOf(1, { watch: 2, after: 0, to: 0, content, delivery: SENT })]
    await archive.saveProgress(guildId, 2, { posts })
    await archive.dropHandled(guildId, START + 9 * DAY)
    expect(await arrived(archive, guildId)).toEqual([])
  })

  test('with finished posts, but the newest of each watch', async () => {
    const guildId = await guildWith([
      ...ids.map((id, index) =>
        postOf(index + 1, { content: { type: 'entries', ids: [id] }, delivery: SENT }),
      ),
      postOf(4, { content: { type: 'entries', ids: [ids[0] ?? '1'] }, delivery: { type: 'planned' } }),
    ])
    const numbers = async () => (await archive.newestPosts(guildId, 1, 9)).map(({ number }) => number)
    await archive.dropHandled(guildId, START + DAY)
    expect(await numbers()).toEqual([4, 3, 2])
    await archive.dropHandled(guildId, START + 9 * DAY)
    expect(await numbers()).toEqual([4])
    const finished = postOf(4, { content: { type: 'entries', ids: ['1'] }, delivery: { type: 'dropped' } })
    await archive.saveProgress(guildId, 1, { posts: [finished] })
    await archive.dropHandled(guildId, START + 9 * DAY)
    expect(await numbers()).toEqual([4])
  })
})

function postOf(number: number, parts: Partial<Post> = {}): Post {
  const content: PostContent = { type: 'entries', ids: ['1564237482688512104', '5'] }
  return {
    watch: 1,
    number,
    after: number - 1,
    to: number,
    content,
    delivery: { type: 'planned' },
    ...parts,
  }
}

async function guildWith(posts: readonly Post[]): Promise<string> {
  const guildId = freshGuild()
  await added(archive, guildId, '5')
  await archive.saveProgress(guildId, 1, { posts })
  return guildId
}
