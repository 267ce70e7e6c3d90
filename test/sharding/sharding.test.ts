import { setImmediate as nextTick } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { Claim } from '../../src/core/sharding/leases.ts'
import { LEASE_TIMES } from '../../src/sharding/lease-times.ts'
import { Sharding } from '../../src/sharding/sharding.ts'
import { FakeLeases } from '../support/fake-leases.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { RecordedLog } from '../support/recorded-log.ts'

const PLAN = { shardCount: 5, blockSize: 2 }
const CLAIMED: Claim = { type: 'claimed', block: 2, plan: PLAN }
const OTHER_PLAN = { type: 'other plan', plan: PLAN } as const
const NONE_FREE: Claim = { type: 'none free', plan: PLAN }

/** A guild on a shard of five. */
const guildOn = (shard: number) => String(BigInt(shard + 5) << 22n)

function open(options: ConstructorParameters<typeof Sharding>[0] = { count: 'auto', perProcess: 2 }) {
  const [clock, log, leases] = [new ManualClock(), new RecordedLog(), new FakeLeases()]
  const [stopped, stopping] = [new AbortController(), new AbortController()]
  onTestFinished(() => stopping.abort())
  const lost: Error[] = []
  const onLost = (error: Error) => void lost.push(error)
  const sharding = new Sharding(options, { times: LEASE_TIMES, clock, log, onLost })
  const begin = (recommended = async (): Promise<number | undefined> => 5) =>
    sharding.begin({
      openLeases: async () => leases,
      recommended,
      stopped: stopped.signal,
      signal: stopping.signal,
    })
  return { clock, log, leases, stopped, sharding, begin, lost }
}

test('the only process serves every shard, and needs no lease', async () => {
  const { sharding, begin, leases } = open({ count: 'auto', perProcess: 'all' })
  expect(sharding.fence).toBeUndefined()
  expect(await begin()).toMatchObject({ assigned: undefined, processes: 1, isFirst: true })
  expect(sharding.status).toEqual({ type: 'alone' })
  expect(sharding.reserveIdentify).toBeUndefined()
  await sharding.release()
  expect(leases.calls).toEqual(['end expired', 'close'])
})

test('a process that would serve every shard waits for those that serve blocks of them', async () => {
  const { sharding, begin, leases, clock, log } = open({ count: 'auto', perProcess: 'all' })
  leases.ends = [OTHER_PLAN, new Error('The server is down.'), OTHER_PLAN, { type: 'none held' }]
  let asleep = clock.slept(LEASE_TIMES.look)
  const served = begin()
  for (const canClaim of [true, false, true]) {
    await asleep
    expect(sharding.status).toEqual({ type: 'standing by', canClaim })
    asleep = clock.slept(LEASE_TIMES.look)
    clock.advance(LEASE_TIMES.look)
  }
  expect(await served).toMatchObject({ assigned: undefined, processes: 1 })
  expect(sharding.status).toEqual({ type: 'alone' })
  expect(log.lines[0]?.message).toMatch('Standing by: other processes run with another SHARD_COUNT')
  expect(leases.calls).toEqual(['end expired', 'end expired', 'end expired', 'end expired', 'close'])
})

test('a process that would serve every shard can be stopped while it waits', async () => {
  const { begin, leases, clock, stopped } = open({ count: 'auto', perProcess: 'all' })
  leases.ends = [OTHER_PLAN]
  const asleep = clock.slept(LEASE_TIMES.look)
  const served = begin()
  await asleep
  stopped.abort()
  expect(await served).toBeUndefined()
  expect(leases.calls).toEqual(['end expired', 'close'])
})

test('the only process serves as many shards as its operator set', async () => {
  const { begin } = open({ count: 3, perProcess: 'all' })
  const served = await begin()
  expect(served?.assigned).toEqual({ ids: [0, 1, 2], count: 3 })
  expect(served?.serves('1')).toBe(true)
})

test('a process serves the shards of the block that it claims, and the servers on them', async () => {
  const { sharding, begin, leases, clock, log } = open()
  leases.claims = [CLAIMED]
  expect(sharding.status).toEqual({ type: 'starting' })
  const served = await begin()
  expect(served).toMatchObject({ assigned: { ids: [4], count: 5 }, processes: 3, isFirst: false })
  expect([0, 1, 2, 3, 4].filter((shard) => served?.serves(guildOn(shard)))).toEqual([4])
  clock.advance(1000)
  const validFor = LEASE_TIMES.lease - LEASE_TIMES.margin - 1000
  expect(sharding.status).toEqual({ type: 'serving', block: 2, ids: [4], count: 5, validFor })
  expect(log.lines).toMatchObject([
    { message: 'Serving a block of shards.', facts: { block: 2, shards: [4], shardCount: 5, processes: 3 } },
  ])
  expect(await sharding.reserveIdentify?.(3)).toBe(0)
  await sharding.release()
  expect(leases.calls).toEqual(['claim', 'identify 3', 'release', 'close'])
})

test('a process stands by while no block is free, and says so once', async () => {
  const { sharding, begin, leases, clock, log } = open()
  leases.claims = [NONE_FREE, NONE_FREE, CLAIMED]
  const served = begin()
  await clock.sleepThrough(LEASE_TIMES.look)
  expect(sharding.status).toEqual({ type: 'standing by', canClaim: true })
  await clock.sleepThrough(LEASE_TIMES.look)
  expect(await served).toMatchObject({ assigned: { ids: [4], count: 5 } })
  expect(log.lines.map(({ message }) => message)).toEqual([
    'Standing by: other processes serve all shards. This one takes over when one of them stops.',
    'Serving a block of shards.',
  ])
})

test.each([
  { count: 8, perProcess: 2 },
  { count: 'auto', perProcess: 3 },
] as const)('a process that is started with %o waits for those with another plan', async (options) => {
  const { sharding, begin, leases, clock, log, stopped } = open(options)
  leases.claims = [OTHER_PLAN]
  const served = begin()
  for (let looks = 0; looks < 3; looks++) await clock.sleepThrough(LEASE_TIMES.look)
  expect(sharding.status).toEqual({ type: 'standing by', canClaim: true })
  expect(log.lines).toEqual([
    {
      level: 'warn',
      message:
        'Standing by: other processes run with another SHARD_COUNT or SHARDS_PER_PROCESS. Waiting until they have stopped.',
      facts: { shardCount: PLAN.shardCount, shardsPerProcess: PLAN.blockSize },
    },
  ])
  stopped.abort()
  expect(await served).toBeUndefined()
})

test('a claim that fails is tried again, and reported once', async () => {
  const { begin, leases, clock, log } = open()
  leases.claims = [new Error('The server is down.'), new Error('The server is down.'), CLAIMED]
  const served = begin()
  await clock.sleepThrough(LEASE_TIMES.look)
  await clock.sleepThrough(LEASE_TIMES.look)
  expect(await served).toBeDefined()
  expect(log.lines.map(({ message }) => message)).toEqual([
    'Claiming shards failed; trying again.',
    'Serving a block of shards.',
  ])
})

test('a process that stands by knows whether it could claim a block', async () => {
  const { sharding, begin, leases, clock } = open()
  leases.claims = [NONE_FREE, new Error('The server is down.'), NONE_FREE, CLAIMED]
  const served = begin()
  const seen: unknown[] = []
  for (let looks = 0; looks < 3; looks++) {
    await clock.sleepThrough(LEASE_TIMES.look)
    seen.push(sharding.status)
  }
  await served
  expect(seen).toEqual([true, false, true].map((canClaim) => ({ type: 'standing by', canClaim })))
})

test('a process takes over only once it has reached the database for as long as holders need to renew', async () => {
  const { begin, leases, clock, log } = open()
  const notYet: Claim = { type: 'not yet' }
  leases.claims = [notYet, new Error('The server is down.'), notYet, notYet, CLAIMED]
  const served = begin()
  for (let looks = 0; looks < 4; looks++) await clock.sleepThrough(LEASE_TIMES.look)
  await served
  expect(leases.takesOver).toEqual([false, false, false, false, true])
  expect(log.lines.map(({ message }) => message)).toEqual([
    'Claiming shards failed; trying again.',
    'Serving a block of shards.',
  ])
})

test('a process that stops while it stands by needs no time for it', async () => {
  const { sharding, begin, leases, clock, stopped } = open()
  leases.claims = [NONE_FREE]
  const asleep = clock.slept(LEASE_TIMES.look)
  const served = begin()
  await asleep
  stopped.abort()
  expect(await served).toBeUndefined()
  await sharding.release()
  expect(leases.calls).toEqual(['claim', 'close'])
})

test('a process that stops before Discord can be reached claims nothing', async () => {
  const { begin, leases } = open()
  expect(await begin(async () => undefined)).toBeUndefined()
  expect(leases.calls).toEqual([])
})

test('a process that lost its block says so once, disconnects, and gives nothing back', async () => {
  const { sharding, begin, leases, clock, lost } = open()
  leases.claims = [CLAIMED]
  leases.renewal = false
  await begin()
  sharding.fence?.onLost()
  clock.advance(LEASE_TIMES.renewal)
  await nextTick()
  await sharding.release()
  expect(sharding.gate.isOpen).toBe(false)
  expect(lost.map(({ message }) => message)).toEqual([
    expect.stringContaining('Another process has taken over the shards of this one'),
  ])
  expect(leases.calls).toEqual(['claim', 'renew', 'close'])
})
