import { expect, test } from 'vitest'
import { LoginPace } from '../../../src/discord/gateway/login-pace.ts'
import { ManualClock } from '../../support/manual-clock.ts'

const [SECOND, DAY] = [1000, 86_400_000]
const never = new AbortController().signal

/** How often a shard logs in within a while, whose sessions last for so many milliseconds. */
async function logins(within: number, lasting?: number): Promise<number> {
  const clock = new ManualClock()
  const pace = new LoginPace(clock)
  const end = clock.elapsed() + within
  let count = 0
  const shard = async () => {
    for (;;) {
      await pace.turn(never)
      count++
      if (lasting === undefined) await clock.sleep(SECOND, never)
      else {
        pace.begun()
        await clock.sleep(lasting, never)
      }
    }
  }
  void shard()
  while (clock.elapsed() < end) {
    await new Promise(setImmediate)
    clock.advance(SECOND)
  }
  return count
}

test('a shard that no session comes of logs in at once for a few times, and then no more than Discord allows', async () => {
  expect(await logins(4 * SECOND)).toBeGreaterThanOrEqual(4)
  const day = await logins(DAY)
  expect(day).toBeGreaterThan(400)
  expect(day).toBeLessThan(1000)
})

test('sessions that end at once do not count as any', async () => {
  expect(await logins(DAY, 2 * SECOND)).toBeLessThan(1000)
})

test('after a session that lasted, a shard logs in at once', async () => {
  expect(await logins(20 * 61 * SECOND, 61 * SECOND)).toBe(20)
})
