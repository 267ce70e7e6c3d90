import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareIds } from '../../../src/core/snowflake.ts'
import { previewOf } from '../../../src/core/watch/alerts/preview.ts'
import type { Alert } from '../../../src/core/watch/watch.ts'
import { sharedArchive } from '../../support/archive/shared-archive.ts'
import { namedEntity, observationOf } from '../../support/entries/names.ts'
import { type Act, AlertStage } from '../../support/watch/alert-stage.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const START = Date.UTC(2026, 9, 1)

const archive = await sharedArchive()

/** Bans by one moderator, a second apart. */
function bans(count: number, from: number, more: Partial<Act> = {}): Act[] {
  return Array.from({ length: count }, (_, index) => ({
    at: from + index * SECOND,
    on: String(100 + index),
    ...more,
  }))
}

describe('a burst', () => {
  test('is warned of once, edited while it lasts, and then said to be over', async () => {
    const stage = new AlertStage(archive)
    await stage.set({ count: 10 })
    await stage.record(bans(9, MINUTE))
    await stage.run(2 * MINUTE)
    expect(stage.sent).toBe(0)
    await stage.record(bans(3, MINUTE + 9 * SECOND))
    const { again } = await stage.run(MINUTE + 12 * SECOND)
    expect(stage.textOf()).toMatch(/^🚨 12 bans in 11 seconds by @mod7\n/)
    await stage.record(bans(8, 2 * MINUTE))
    await stage.run(2 * MINUTE + 8 * SECOND)
    expect([stage.sent, stage.edited]).toEqual([1, 1])
    expect(stage.textOf()).toMatch(/^🚨 20 bans in 1 minute 10 seconds by @mod7\n/)
    await stage.run(2 * MINUTE + 8 * SECOND + (again ?? 0))
    expect([stage.sent, stage.edited]).toEqual([1, 2])
    expect(stage.textOf()).toContain('it is over')
    expect((await stage.run(HOUR)).again).toBeUndefined()
    expect([stage.sent, stage.edited]).toEqual([1, 2])
  })

  test('after a pause is another', async () => {
    const stage = new AlertStage(archive)
    await stage.set({})
    for (const from of [MINUTE, HOUR]) {
      await stage.record(bans(3, from))
      await stage.run(from + 3 * SECOND)
    }
    expect(stage.sent).toBe(2)
  })

  test('by a bot on behalf of a moderator is the moderator’s', async () => {
    const stage = new AlertStage(archive)
    await stage.set({})
    const moderator = '200000000000000001'
    const names = [
      observationOf(namedEntity('7', 'bot', 'Gate')),
      { ...observationOf(namedEntity(moderator, 'user', 'Ada')), alias: 'ada' },
    ]
    await archive.record([{ guildId: stage.guildId, entries: [], from: 'gateway', names }])
    await stage.record(bans(3, MINUTE, { reason: 'Banned by ada: spam' }))
    await stage.run(2 * MINUTE)
    const [post] = await stage.posts()
    expect(post?.content).toMatchObject({ type: 'burst', key: moderator })
    expect(stage.textOf()).toContain('by @Ada')
  })

  test('of nobody who is named is counted together', async () => {
    const stage = new AlertStage(archive)
    await stage.set({})
    await stage.record(bans(3, MINUTE, { by: null }))
    await stage.run(2 * MINUTE)
    expect(stage.textOf()).toMatch(/^🚨 3 bans in 2 seconds\n/)
  })

  test('that lies hours back is warned of once, as late', async () => {
    const stage = new AlertStage(archive)
    await stage.set({})
    await stage.record(bans(4, MINUTE), 5 * HOUR)
    await stage.run(5 * HOUR)
    await stage.run(6 * HOUR)
    expect([stage.sent, stage.edited]).toEqual([1, 0])
    expect(stage.textOf()).toMatch(/^🚨 Late: 4 bans/)
  })

  test('that was warned of gets what comes late, instead of another warning', async () => {
    const stage = new AlertStage(archive)
    await stage.set({})
    await stage.record(bans(4, MINUTE))
    await stage.run(2 * MINUTE)
    await stage.run(HOUR)
    await stage.record(bans(5, 2 * MINUTE), 2 * HOUR)
    await stage.run(2 * HOUR)
    expect(stage.sent).toBe(1)
    expect(stage.textOf()).toMatch(/^🚨 9 bans/)
  })

  test('of before the alert is not warned of', async () => {
    const stage = new AlertStage(archive)
    await stage.record(bans(5, MINUTE))
    await stage.set({}, HOUR)
    await stage.record(bans(2, HOUR + SECOND))
    await stage.run(HOUR + MINUTE)
    expect(stage.sent).toBe(0)
  })

  test('whose message a member deleted is not posted again', async () => {
    const stage = new AlertStage(archive)
    await stage.set({})
    await stage.record(bans(3, MINUTE))
    await stage.run(2 * MINUTE)
    const [post] = await stage.posts()
    if (!post) throw new Error('There is no post.')
    await archive.saveProgress(stage.guildId, 1, { posts: [{ ...post, delivery: { type: 'dropped' } }] })
    await stage.record(bans(3, 3 * MINUTE))
    await stage.run(4 * MINUTE)
    expect([stage.sent, stage.edited]).toEqual([1, 0])
  })

  test('whose entries are erased is not shown again', async () => {
    const stage = new AlertStage(archive)
    await stage.set({})
    await stage.record(bans(3, MINUTE))
    await stage.run(2 * MINUTE)
    await archive.applyRetention(stage.guildId, stage.idAt(HOUR), START + HOUR)
    await stage.run(HOUR)
    expect(stage.edited).toBe(0)
    expect((await stage.posts()).map(({ delivery }) => delivery.type)).toEqual(['dropped'])
  })
})

test('several bursts at once are a few warnings, and one that names how many more', async () => {
  const stage = new AlertStage(archive)
  await stage.set({})
  for (let hour = 1; hour <= 9; hour++) await stage.record(bans(3, hour * HOUR), 10 * HOUR)
  await stage.run(10 * HOUR)
  expect(stage.sent).toBe(5)
  expect(stage.textOf()).toMatch(/^🚨 Late: 5 more warnings\n/)
  await stage.record(bans(3, 11 * HOUR))
  await stage.run(11 * HOUR + MINUTE)
  expect(stage.sent).toBe(6)
})

test('one more burst that is found in the time of those that are only counted is counted, too', async () => {
  const stage = new AlertStage(archive)
  await stage.set({})
  for (let hour = 1; hour <= 9; hour++) await stage.record(bans(3, hour * HOUR), 10 * HOUR)
  await stage.run(10 * HOUR)
  await stage.record(bans(3, 2.5 * HOUR), 11 * HOUR)
  await stage.run(11 * HOUR)
  expect([stage.sent, stage.edited]).toEqual([5, 1])
  expect(stage.textOf()).toMatch(/^🚨 Late: 6 more warnings\n/)
})

describe('counts that grow', () => {
  const deletes: Partial<Alert> = {
    rule: { type: 'preset', preset: 'mass deletes' },
    count: 50,
    within: 5 * MINUTE,
  }

  test('are asked for soon after an entry, and warned of', async () => {
    const stage = new AlertStage(archive)
    await stage.set(deletes)
    const id = stage.idAt(MINUTE)
    const payload = (count: number) => ({
      id,
      action_type: 72,
      user_id: '7',
      target_id: '8',
      options: { channel_id: '5', count: String(count) },
    })
    await stage.store([payload(1)], MINUTE)
    await stage.run(MINUTE)
    expect(stage.recounts).toEqual([[[72], true]])
    await stage.store([payload(60)], MINUTE + 3 * SECOND)
    await stage.run(MINUTE + 3 * SECOND)
    expect(stage.recounts.at(-1)).toEqual([[72], false])
    expect(stage.textOf()).toMatch(/^🚨 60 messages deleted by @mod7\n/)
    await stage.store([payload(400)], 9 * MINUTE)
    await stage.run(9 * MINUTE)
    expect(stage.textOf()).toMatch(/^🚨 400 messages deleted by @mod7\n/)
    // It is not over ten minutes after the entry, since it grew later.
    await stage.run(12 * MINUTE)
    expect(stage.textOf()).not.toContain('it is over')
    expect([stage.sent, stage.edited]).toEqual([1, 1])
  })

  test('are not warned of again when what was posted of them is deleted', async () => {
    const stage = new AlertStage(archive)
    await stage.set(deletes)
    const payload = (at: number, count: number) => ({
      id: stage.idAt(at),
      action_type: 72,
      user_id: '7',
      target_id: '8',
      options: { channel_id: '5', count: String(count) },
    })
    const first = payload(MINUTE, 60)
    await stage.store([first], MINUTE)
    await stage.run(2 * MINUTE)
    await stage.store([payload(2 * HOUR, 70)], 2 * HOUR)
    await stage.run(3 * HOUR)
    await archive.dropHandled(stage.guildId, START + 24 * HOUR)
    await stage.store([{ ...first, options: { channel_id: '5', count: '61' } }], 25 * HOUR)
    await stage.run(25 * HOUR)
    expect(stage.sent).toBe(2)
  })

  test('are not asked for by an alert that does not count them', async () => {
    const stage = new AlertStage(archive)
    await stage.set({})
    await stage.record([{ at: MINUTE, type: 72 }])
    await stage.run(MINUTE)
    expect(stage.recounts).toEqual([])
  })
})

describe('exempt', () => {
  test('members are not counted', async () => {
    const stage = new AlertStage(archive)
    await stage.set({ exempt: { userIds: ['7'], roleIds: [] } })
    await stage.record(bans(5, MINUTE))
    await stage.run(2 * MINUTE)
    expect(stage.sent).toBe(0)
  })

  test('roles are looked up when it would warn, and their members are not counted', async () => {
    const stage = new AlertStage(archive)
    await stage.set({ exempt: { userIds: [], roleIds: ['900'] }, per: 'server' })
    stage.rolesOfMembers.set('7', ['900', '901']).set('6', ['901'])
    await stage.record([...bans(5, MINUTE), ...bans(2, MINUTE + 5 * SECOND, { by: '6' })])
    await stage.run(2 * MINUTE)
    expect(stage.sent).toBe(0)
    await stage.record(bans(1, MINUTE + 8 * SECOND, { by: '6' }))
    await stage.run(2 * MINUTE)
    expect(stage.textOf()).toMatch(/^🚨 3 bans in 3 seconds by @mod6\n/)
  })

  test('roles that Discord does not say leave out nobody', async () => {
    const stage = new AlertStage(archive)
    await stage.set({ exempt: { userIds: [], roleIds: ['900'] } })
    await stage.record(bans(5, MINUTE))
    await stage.run(2 * MINUTE)
    expect(stage.sent).toBe(1)
  })
})

describe('ready rules', () => {
  const preset = (name: Extract<Alert['rule'], { type: 'preset' }>['preset'], more: Partial<Alert> = {}) => ({
    rule: { type: 'preset' as const, preset: name },
    count: 1,
    ...more,
  })

  test('a prune counts as many as it removed', async () => {
    const stage = new AlertStage(archive)
    await stage.set(preset('mass bans & kicks', { count: 50 }))
    await stage.record([
      { at: MINUTE, type: 21, options: { members_removed: '60', delete_member_days: '7' } },
    ])
    await stage.run(MINUTE)
    expect(stage.textOf()).toMatch(/^🚨 60 members pruned by @mod7\n/)
  })

  test('a dangerous permission is warned of: to a role, by a role, in an overwrite', async () => {
    const stage = new AlertStage(archive)
    stage.permissions = new Map([
      ['910', 8n],
      ['911', 1n],
    ])
    await stage.set(preset('dangerous permission'))
    const add = (id: string) => [{ key: '$add', new_value: [{ id, name: 'A role' }] }]
    await stage.record([
      { at: MINUTE, type: 25, changes: add('911') },
      { at: MINUTE, type: 31, changes: [{ key: 'permissions', old_value: '8', new_value: '9' }] },
      { at: MINUTE, type: 14, changes: [{ key: 'deny', old_value: '0', new_value: '16' }] },
    ])
    await stage.run(MINUTE)
    expect(stage.sent).toBe(0)
    const giving: Partial<Act>[] = [
      { type: 25, changes: add('910') },
      { type: 31, changes: [{ key: 'permissions', old_value: '1', new_value: '5' }] },
      { type: 30, changes: [{ key: 'permissions', new_value: '8' }] },
      { type: 13, changes: [{ key: 'allow', new_value: '16' }] },
      { type: 14, changes: [{ key: 'allow', old_value: '1', new_value: String(1 + 2 ** 29) }] },
      // A member who gives a role to themselves.
      { type: 25, by: '12', on: '12', changes: add('910') },
    ]
    for (const [index, act] of giving.entries()) {
      await stage.record([{ at: (index + 1) * HOUR, ...act }])
      await stage.run((index + 1) * HOUR)
      expect(stage.sent).toBe(index + 1)
      expect(stage.textOf(index + 1)).toMatch(/^🚨 Dangerous permission given by @mod/)
    }
  })

  test('what roles permit is waited for', async () => {
    const stage = new AlertStage(archive)
    await stage.set(preset('dangerous permission'))
    stage.permissions = undefined
    await stage.record([{ at: MINUTE, type: 25, changes: [{ key: '$add', new_value: [{ id: '910' }] }] }])
    await expect(stage.run(MINUTE)).rejects.toMatchObject({ name: 'NotYet', wait: 5 * SECOND })
    stage.permissions = new Map([['910', 8n]])
    await stage.run(2 * MINUTE)
    expect(stage.sent).toBe(1)
  })

  test('the first ban of somebody is warned of, and those right after it, but no later one', async () => {
    const stage = new AlertStage(archive)
    await stage.set(preset('first ban', { within: 10 * MINUTE }))
    await stage.record([{ at: MINUTE, by: '7', type: 20 }])
    await stage.record([{ at: HOUR, by: '7' }])
    await stage.record(bans(4, HOUR, { by: '6' }))
    await stage.run(HOUR + MINUTE)
    expect(stage.sent).toBe(1)
    expect(stage.textOf()).toMatch(/^🚨 4 bans in 3 seconds by @mod6, who never acted before\n/)
    await stage.record(bans(3, 2 * HOUR, { by: '6' }))
    await stage.run(2 * HOUR)
    expect(stage.sent).toBe(1)
  })

  test.each([
    ['bot added', 28, 'bot added by @mod7'],
    ['webhook made', 50, 'webhook made by @mod7'],
  ] as const)('%s is warned of', async (name, type, title) => {
    const stage = new AlertStage(archive)
    await stage.set(preset(name))
    await stage.record([{ at: MINUTE, type }])
    await stage.run(MINUTE)
    expect(stage.textOf()).toContain(`🚨 1 ${title}\n`)
  })

  test('channels or roles deleted are warned of', async () => {
    const stage = new AlertStage(archive)
    await stage.set(preset('channels or roles deleted', { count: 3, within: 10 * MINUTE }))
    await stage.record([
      { at: MINUTE, type: 12 },
      { at: 2 * MINUTE, type: 32 },
      { at: 9 * MINUTE, type: 12 },
    ])
    await stage.run(9 * MINUTE)
    expect(stage.textOf()).toMatch(/^🚨 3 channels and roles deleted in 8 minutes by @mod7\n/)
  })

  test('a log that cannot be read is warned of once for each loss, and said to be readable again', async () => {
    const stage = new AlertStage(archive)
    await stage.set(preset('log unreadable'))
    const seen: [sent: number, edited: number][] = []
    for (const [hour, lastRead] of (
      ['read', 'forbidden', undefined, 'unreadable', 'forbidden', 'read', 'read', 'forbidden'] as const
    ).entries()) {
      stage.lastRead = lastRead
      await stage.run(hour * HOUR)
      seen.push([stage.sent, stage.edited])
    }
    expect(seen).toEqual([
      [0, 0],
      [1, 0],
      [1, 0],
      [1, 0],
      [1, 0],
      [1, 1],
      [1, 1],
      [2, 1],
    ])
    expect(stage.textOf(1)).toContain('for 4 hours')
    expect(stage.textOf(2)).toContain('View Audit Log')
  })
})

const anyAct = fc.record({
  gap: fc.oneof(
    fc.integer({ min: 0, max: 20 * SECOND }),
    fc.integer({ min: 0, max: 14 * MINUTE }),
    fc.constantFrom(0, MINUTE, 10 * MINUTE),
  ),
  by: fc.constantFrom('5', '6', null),
  on: fc.constantFrom('8', '9'),
  type: fc.constantFrom(22, 72, 20),
  count: fc.integer({ min: 1, max: 4 }),
  runs: fc.boolean(),
})

test('what is warned of while it happens is what a preview shows afterwards', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyAct, { maxLength: 40 }),
      fc.constantFrom('moderator', 'target', 'server'),
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom(SECOND, MINUTE, 20 * MINUTE),
      async (steps, per, count, within) => {
        const stage = new AlertStage(archive)
        const rule = { type: 'actions' as const, kinds: { anyOf: [22, 72] }, names: 'Some' }
        const { definition } = await stage.set({ rule, per, count, within })
        let at = SECOND
        for (const { gap, runs, ...act } of steps) {
          at += gap
          await stage.record([{ at, ...act }])
          if (runs) await stage.run(at)
        }
        at += HOUR
        await stage.run(at)
        const source = {
          guildId: stage.guildId,
          archive,
          rolePermissions: async () => new Map(),
          withRole: async () => [],
        }
        const { bursts } = await previewOf(source, definition, {
          to: stage.idAt(at),
          now: START + at,
          knownFrom: '0',
        })
        const warned = (await stage.posts()).flatMap(({ content }) =>
          content.type === 'burst' ? [{ key: content.key, from: content.from, to: content.to }] : [],
        )
        const summed = (await stage.posts()).flatMap(({ content }) =>
          content.type === 'summary' ? [content] : [],
        )
        const own = bursts.filter(
          ({ from }) =>
            !summed.some((sum) => compareIds(sum.from, from) <= 0 && compareIds(from, sum.to) <= 0) ||
            warned.some((each) => each.from === from),
        )
        const byBegin = (a: { from: string }, b: { from: string }) => compareIds(a.from, b.from)
        expect(warned.toSorted(byBegin)).toEqual(
          own.map(({ key, from, to }) => ({ key, from, to })).toSorted(byBegin),
        )
      },
    ),
    { numRuns: 60 },
  )
})
