import { expect, test } from 'vitest'
import { testArchive } from '../support/archive/shared-archive.ts'
import { OpenSync } from '../support/open-sync.ts'

const DAY = 86_400_000

test('guilds are counted by their phase and stream, and by how far their first read is', async () => {
  const sync = new OpenSync(await testArchive())
  const guilds = Array.from({ length: 6 }, () => sync.guild(10 * DAY))
  const [first, down] = [guilds[0], guilds.at(-1)]
  if (!first || !down) throw new Error('There are no guilds.')
  for (const { guildId } of guilds) sync.engine.guildAvailable(guildId)
  sync.engine.guildUnavailable(down.guildId)
  await sync.settled()
  const { firstReads, guilds: counts, entries } = sync.engine.overview
  expect(firstReads).toEqual({ waiting: 5, reading: 0, finished: 0, stopped: 1 })
  expect(counts.get('unavailable')?.get('disconnected')).toBe(1)
  expect(entries).toBe(0)
  const total = [...counts.values()].flatMap((streams) => [...streams.values()]).reduce((a, b) => a + b, 0)
  expect(total).toBe(6)

  await sync.answerAll()
  const after = sync.engine.overview
  expect(after.firstReads).toEqual({ waiting: 0, reading: 0, finished: 5, stopped: 1 })
  expect(after.guilds.get('idle')?.get('live')).toBe(5)
  sync.engine.guildRemoved(first.guildId)
  expect(sync.engine.overview.guilds.get('idle')?.get('live')).toBe(4)
})
