import { expect, test } from 'vitest'
import { metered } from '../../src/archive/metered.ts'
import type { Archive } from '../../src/core/archive.ts'
import { ArchiveUnavailable } from '../../src/core/errors.ts'
import { NO_METRICS } from '../../src/core/metrics/metrics.ts'
import { firstIdAt } from '../../src/core/snowflake.ts'
import { freshGuild, sharedArchive } from '../support/archive/shared-archive.ts'
import { CountedMetrics } from '../support/counted-metrics.ts'
import { entryOf } from '../support/entries/entries.ts'
import { ManualClock } from '../support/manual-clock.ts'

const shared = await sharedArchive()
const TIME = 'custos_archive_operation_seconds'
const FAILURES = 'custos_archive_failures_total'

function openMetered(replaced: Partial<Archive> = {}) {
  const clock = new ManualClock()
  const metrics = new CountedMetrics()
  return { clock, metrics, archive: metered({ ...shared, ...replaced }, { metrics, clock }) }
}

test('every operation is timed by its name, and gives what it gave', async () => {
  const { clock, metrics, archive } = openMetered({
    countHeld: async () => {
      clock.advance(30)
      return 7
    },
  })
  expect(await archive.countHeld('1')).toBe(7)
  expect(metrics.times).toEqual([[TIME, 'countHeld', 30]])
  expect(metrics.counts).toEqual([])
})

test('what is answered from memory is not timed', () => {
  const { metrics, archive } = openMetered()
  expect(archive.takenFrom(1)).toBe(undefined)
  expect(archive.hasEnded).toBe(false)
  expect(metrics.times).toEqual([])
})

test('the time from an act to the archive is that of each entry of the gateway, by Discord’s clock', async () => {
  const { clock, metrics, archive } = openMetered()
  const [guildId, other] = [freshGuild(), freshGuild()]
  const at = (milliseconds: number, of = guildId) =>
    entryOf(of, {
      id: firstIdAt(clock.now() - milliseconds),
      action_type: 22,
      user_id: '7',
      target_id: '8',
    })
  await archive.record([
    { guildId, from: 'gateway', entries: [at(1500), at(60_000)] },
    { guildId: other, from: 'rest', entries: [at(9_000_000, other)] },
  ])
  const delays = metrics.times.filter(([name]) => name === 'custos_entry_delay_seconds')
  expect(delays.map(([, delay]) => delay)).toEqual([1500, 60_000])
})

test('entries that could not be stored have no time yet', async () => {
  const { clock, metrics, archive } = openMetered({ record: () => Promise.reject(new Error('Full.')) })
  const entries = [
    entryOf('1', { id: firstIdAt(clock.now()), action_type: 22, user_id: '7', target_id: '8' }),
  ]
  await expect(archive.record([{ guildId: '1', from: 'gateway', entries }])).rejects.toThrow('Full.')
  expect(metrics.times).toEqual([[TIME, 'record', 0]])
  expect(metrics.counts).toEqual([[FAILURES, 'record', 'other', 1]])
})

test.each([
  [new ArchiveUnavailable('It is down.', 'unreachable'), 'unreachable'],
  [new ArchiveUnavailable('It is slow.', 'slow'), 'slow'],
  [new Error('No such table.'), 'other'],
])('a failure is counted with its reason, and thrown', async (error, reason) => {
  const { metrics, archive } = openMetered({ newestId: () => Promise.reject(error) })
  await expect(archive.newestId('1')).rejects.toBe(error)
  expect(metrics.counts).toEqual([[FAILURES, 'newestId', reason, 1]])
})

test('what nobody waits for any more is no failure', async () => {
  const over = new AbortController()
  const { metrics, archive } = openMetered({
    within: (signal) => ({
      ...shared,
      newestId: async () => {
        over.abort(new Error('Over.'))
        throw signal.reason
      },
    }),
  })
  await expect(archive.within(over.signal).newestId('1')).rejects.toThrow('Over.')
  expect(metrics.times).toEqual([[TIME, 'newestId', 0]])
  expect(metrics.counts).toEqual([])
})

test('without metrics, the archive is what it was', () => {
  expect(metered(shared, { metrics: NO_METRICS, clock: new ManualClock() })).toBe(shared)
})
