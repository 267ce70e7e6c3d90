import { describe, expect, onTestFinished, test } from 'vitest'
import { UserError } from '../../../src/core/errors.ts'
import { NO_METRICS } from '../../../src/core/metrics/metrics.ts'
import { firstIdAt, type Snowflake } from '../../../src/core/snowflake.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/core/time/units.ts'
import { type DigestDeps, DigestRunner } from '../../../src/watch/digests/digest-runner.ts'
import type { Runner } from '../../../src/watch/runner.ts'
import { Watcher } from '../../../src/watch/watcher.ts'
import { sharedArchive } from '../../support/archive/shared-archive.ts'
import { entriesOf } from '../../support/entries/entries.ts'
import { FakePosting } from '../../support/fake-posting.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

const archive = await sharedArchive()

const UNUSED: Runner<never> = {
  plan: async ({ watch }: { watch: { position: number } }) => ({ position: watch.position, posts: [] }),
  render: async () => undefined,
}

let lastGuild = 1_564_226_946_835_574_795n

/** An id, some seconds after the last. */
function newGuildId(): Snowflake {
  lastGuild += 4_194_304n * 7_919n
  return String(lastGuild)
}

/** Guilds with a digest each, all due at nine, and what is posted there. */
async function openGuilds(count: number, given: Partial<DigestDeps> = {}, roleId?: Snowflake) {
  const clock = new ManualClock(Date.UTC(2026, 10, 24, 12))
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const { signal } = stopping
  const log = new RecordedLog()
  const posting = new FakePosting(clock)
  const guildIds = Array.from({ length: count }, newGuildId)
  const digest = new DigestRunner({
    archive,
    postIds: { report: ({ watch, number }, { path }) => ['report', 0, watch, number, path].join(':') },
    countGuilds: () => count,
    coverageFor: async (guildId) => ({
      guildId,
      oldest: '0',
      ranges: [{ start: '0', end: firstIdAt(clock.now()) }],
      readAt: clock.now(),
      askedAt: clock.now(),
    }),
    roleMembers: async () => ({ members: [], holders: undefined, lacks: 'time' }),
    drawChart: async () => new Uint8Array([1]),
    log,
    signal,
    ...given,
  })
  const runners = { feed: UNUSED, alert: UNUSED, digest }
  const serves = (id: Snowflake) => guildIds.includes(id)
  const watcher = new Watcher({
    archive,
    posting,
    runners,
    serves,
    clock,
    host: clock,
    log,
    metrics: NO_METRICS,
    signal,
  })
  await watcher.start()
  for (const [index, guildId] of guildIds.entries()) {
    const id = String(BigInt(firstIdAt(clock.now())) + BigInt(index))
    const definition = { type: 'digest', every: 'day', at: 540, ...(roleId && { roleId }) } as const
    await watcher.add(guildId, { id, by: '7' }, { channelId: guildId, definition })
  }
  await watcher.settled()
  const turn = async () => {
    for (let count = 0; count < 20; count++) await new Promise(setImmediate)
  }
  return {
    guildIds,
    log,
    posting,
    clock,
    turn,
    /** In which guilds something was posted. */
    get posted(): Snowflake[] {
      return [...posting.messages.values()].map(({ channelId }) => channelId)
    },
    /** Lets time pass in steps, and what is due is begun. */
    async pass(milliseconds: number, step = milliseconds) {
      for (let passed = 0; passed < milliseconds; passed += step) {
        clock.advance(step)
        await turn()
      }
    },
  }
}

test('the digests of many guilds begin one after another, and a slow one holds up no other', async () => {
  const begun: Snowflake[] = []
  let atOnce = 0
  let most = 0
  const here = await openGuilds(60, {
    coverageFor: async (guildId) => {
      begun.push(guildId)
      most = Math.max(most, ++atOnce)
      if (begun.length === 1) return new Promise(() => {})
      await new Promise(setImmediate)
      atOnce--
      const now = here.clock.now()
      return {
        guildId,
        oldest: '0',
        ranges: [{ start: '0', end: firstIdAt(now) }],
        readAt: now,
        askedAt: now,
      }
    },
  })
  await here.pass(20 * HOUR, HOUR)
  await here.pass(HOUR - 1)
  expect(begun).toEqual([])
  await here.pass(1)
  const atNine = begun.length
  await here.pass(3600, 60)
  for (let turns = 0; turns < 20; turns++) await here.turn()
  expect(atNine).toBeLessThan(10)
  expect(new Set(begun)).toEqual(new Set(here.guildIds))
  expect(here.posted).toHaveLength(59)
  expect(most).toBeLessThanOrEqual(16)
})

test('a digest whose chart cannot be drawn comes without it', async () => {
  const here = await openGuilds(1, { drawChart: async () => Promise.reject(new Error('No memory.')) })
  const [guildId = ''] = here.guildIds
  const payload = {
    id: String(BigInt(firstIdAt(here.clock.now() - HOUR)) + 1n),
    action_type: 20,
    user_id: '7',
    target_id: '11',
  }
  await archive.record([{ guildId, from: 'rest', entries: entriesOf(guildId, [payload]) }], here.clock.now())
  await here.pass(20 * HOUR, HOUR)
  await here.pass(HOUR + MINUTE)
  for (let turns = 0; turns < 20; turns++) await here.turn()
  const [post] = here.posting.messages.values()
  expect(post?.message.embeds[0]?.title).toBe('Tuesday, 24 November · 1 action by 1 moderator')
  expect(post?.message.files).toBeUndefined()
  expect(here.log.times('Drawing a chart failed.')).toBe(1)
})

test('what arrives neither wakes a digest nor is kept for it', async () => {
  const here = await openGuilds(1)
  const [guildId = ''] = here.guildIds
  const payload = {
    id: String(BigInt(firstIdAt(here.clock.now() + SECOND)) + 1n),
    action_type: 20,
    user_id: '7',
  }
  await archive.record(
    [{ guildId, from: 'gateway', entries: entriesOf(guildId, [payload]) }],
    here.clock.now() + SECOND,
  )
  expect(await archive.newestArrival(guildId)).toBe(0)
  expect(await archive.watchesBehind()).not.toContainEqual(expect.objectContaining({ guildId }))
})

test('after weeks in which a process was suspended, the last day is reported within an hour', async () => {
  const here = await openGuilds(1)
  // Timers do not run meanwhile.
  here.clock.step(21 * DAY)
  await here.pass(HOUR)
  for (let turns = 0; turns < 20; turns++) await here.turn()
  const [post] = here.posting.messages.values()
  expect(post?.message.embeds[0]?.title).toMatch(/^Monday, 14 December/)
  expect(post?.message.embeds[0]?.description).toContain('The 20 days before were not reported.')
})

describe('while Discord does not say who has the role of a digest', () => {
  const unavailable = () => Promise.reject(new UserError('Discord did not say who has this role.'))
  /** Until nine o’clock, and what is due then is begun. */
  const passToNine = async (here: Awaited<ReturnType<typeof openGuilds>>) => {
    await here.pass(20 * HOUR, HOUR)
    await here.pass(HOUR)
    await here.pass(MINUTE, SECOND)
  }

  test('it is tried again, which is no fault', async () => {
    let failures = 3
    const roleMembers: DigestDeps['roleMembers'] = async () =>
      failures-- > 0 ? unavailable() : { members: [{ id: '7', isBot: false }], holders: 1, lacks: undefined }
    const here = await openGuilds(1, { roleMembers }, '42')
    await passToNine(here)
    expect(here.posted).toEqual([])
    await here.pass(3 * MINUTE, SECOND)
    await expect.poll(() => here.posted).toEqual(here.guildIds)
    const [post] = here.posting.messages.values()
    expect(post?.message.embeds[0]?.description).not.toContain('⚠️')
    expect(here.log.lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([])
  })

  test('after a quarter of an hour it is posted about all moderators, and says so', async () => {
    const here = await openGuilds(1, { roleMembers: unavailable }, '42')
    await passToNine(here)
    await here.pass(13 * MINUTE, SECOND)
    expect(here.posted).toEqual([])
    await here.pass(3 * MINUTE, SECOND)
    await expect.poll(() => here.posted).toEqual(here.guildIds)
    const [post] = here.posting.messages.values()
    expect(post?.message.embeds[0]?.description).toContain(
      '⚠️ Discord did not say who has <@&42>, so this is about all moderators. The button **Activity** looks again.',
    )
    expect(here.log.lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([])
  })
})
