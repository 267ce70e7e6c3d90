import { expect, test } from 'vitest'
import { soakProcesses } from '../soak.ts'

/** `npm run soak:processes -- --minutes 10 --kill-every 60` is longer, with the leases of an operator. */
test('three processes that are killed, paused and cut off lose no entry, double none, post each once, and never share a shard', async () => {
  const { faults, answers, events, refused, ...result } = await soakProcesses({
    seed: 4,
    length: 8000,
    faultEvery: 2000,
    faultLengths: { short: 500, long: 5000 },
    processes: 3,
    shards: 6,
    shardsPerProcess: 3,
    guildsPerShard: 1,
    script: 'test/support/process/short-leases.ts',
    // A shard may identify later than it reserved, by more than so short an interval.
    identifyInterval: 0,
    takeOver: 10_000,
    eventsPerSecond: 30,
    questionsPerSecond: 4,
  })
  expect(Object.keys(faults).length).toBeGreaterThan(1)
  expect(events).toBeGreaterThan(100)
  expect(answers).toBeGreaterThan(5)
  // A process that takes over does not know how many posts a channel has just taken.
  expect(refused.global).toBe(0)
  expect(result.posts).toBeGreaterThan(10)
  expect(result).toMatchObject({ lost: 0, invented: 0, wrong: 0, problems: [] })
}, 180_000)
