import { describe, expect, test } from 'vitest'
import type { Snowflake } from '../../../src/core/snowflake.ts'
import { forget } from '../../support/archive/forget.ts'
import { freshGuild, sharedArchive } from '../../support/archive/shared-archive.ts'
import { added, arrived, DIGEST, recordDeletes } from '../../support/archive/watches.ts'

const archive = await sharedArchive()

/** Adds a watch, which has posted one of the two entries that arrived. */
async function follow(guildId: Snowflake, id: Snowflake): Promise<number> {
  const { number } = await added(archive, guildId, id)
  await recordDeletes(archive, guildId, [String(Number(id) + 1), String(Number(id) + 2)])
  await archive.saveProgress(guildId, number, {
    position: 1,
    posts: [
      {
        watch: number,
        number: 1,
        after: 0,
        to: 1,
        content: { type: 'entries', ids: [id] },
        delivery: { type: 'sent', messageId: '9', isChanged: false },
      },
    ],
  })
  return number
}

describe('when a guild is erased', () => {
  test('its watches, arrivals and posts go, and those of other guilds stay', async () => {
    const [guildId, other] = [freshGuild(), freshGuild()]
    for (const each of [guildId, other]) await follow(each, '10')
    await archive.beginErasing({ guildId, upTo: '50', by: '7' })
    // From this moment on, nothing is posted.
    expect(await archive.watches(guildId)).toEqual([])
    expect(await archive.saveProgress(guildId, 1, { position: 2 })).toBe(false)
    await archive.finishErasing(guildId)
    expect(await archive.newestPosts(guildId, 1, 9)).toEqual([])
    expect(await archive.watches(other)).toHaveLength(1)
    expect(await archive.newestPosts(other, 1, 9)).toHaveLength(1)
    expect(await arrived(archive, other)).toHaveLength(2)
  })

  test('a watch that was set later stays, and goes on with new numbers', async () => {
    const guildId = freshGuild()
    await follow(guildId, '10')
    await added(archive, guildId, '51', DIGEST)
    await archive.beginErasing({ guildId, upTo: '50', by: '7' })
    expect(await follow(guildId, '60')).toBe(3)
    await archive.finishErasing(guildId)
    expect(await archive.watches(guildId)).toMatchObject([{ number: 2 }, { number: 3 }])
    expect(await archive.newestPosts(guildId, 3, 9)).toHaveLength(1)
    expect(await arrived(archive, guildId)).toEqual([
      [3, '61'],
      [4, '62'],
    ])
  })

  test('retention leaves the watches, and what it deletes is skipped', async () => {
    const guildId = freshGuild()
    await follow(guildId, '10')
    await archive.applyRetention(guildId, '11', 0)
    expect(await archive.watches(guildId)).toHaveLength(1)
    expect(await arrived(archive, guildId)).toEqual([[2, '12']])
    expect(await archive.countArrivals(guildId, {}, { after: 0 })).toMatchObject([{ entries: 1 }])
    expect(await archive.newestPosts(guildId, 1, 9)).toHaveLength(1)
  })

  test('the erasure of a member leaves the watches and posts, which have only ids of members', async () => {
    const guildId = freshGuild()
    await follow(guildId, '10')
    const before = [await archive.watches(guildId), await archive.newestPosts(guildId, 1, 9)]
    await forget(archive, guildId, '50', '101')
    expect([await archive.watches(guildId), await archive.newestPosts(guildId, 1, 9)]).toEqual(before)
    expect(await arrived(archive, guildId)).toHaveLength(2)
  })

  test('a purge takes everything, and a guild that comes back begins anew', async () => {
    const guildId = freshGuild()
    await follow(guildId, '10')
    await archive.recordDeparture(guildId, 1, 1)
    await archive.purge(guildId)
    expect(await archive.watches(guildId)).toEqual([])
    expect(await archive.newestPosts(guildId, 1, 9)).toEqual([])
    expect(await archive.newestArrival(guildId)).toBe(0)
    expect(await archive.guilds()).not.toContain(guildId)
    expect(await follow(guildId, '60')).toBe(1)
    expect(await arrived(archive, guildId)).toEqual([
      [1, '61'],
      [2, '62'],
    ])
  })
})
