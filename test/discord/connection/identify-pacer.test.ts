import { expect, test } from 'vitest'
import { IdentifyPacer } from '../../../src/discord/connection/identify-pacer.ts'
import { ManualClock } from '../../support/manual-clock.ts'

const [SECOND, DAY] = [1000, 86_400_000]
const never = new AbortController().signal

/** How often a shard identifies in `within` milliseconds, if each session lasts `lasting` milliseconds. */
async function attempts(within: number, lasting?: number): Promise<number> {
  const clock = new ManualClock()
  const pacer = new IdentifyPacer(clock)
  const end = clock.elapsed() + within
  let count = 0
  const shard = async () => {
    for (;;) {
      await pacer.wait(never)
      count++
      if (lasting === undefined) await clock.sleep(SECOND, never)
      else {
        pacer.sessionStarted()
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

test('a shard without a session identifies at once a few times, and then no more often than Discord allows', async () => {
  expect(await attempts(4 * SECOND)).toBeGreaterThanOrEqual(4)
  const day = await attempts(DAY)
  expect(day).toBeGreaterThan(400)
  expect(day).toBeLessThan(1000)
})

test('sessions that end at once do not reset the pace', async () => {
  expect(await attempts(DAY, 2 * SECOND)).toBeLessThan(1000)
})

test('after a session that lasted, a shard identifies at once', async () => {
  expect(await attempts(20 * 61 * SECOND, 61 * SECOND)).toBe(20)
})
