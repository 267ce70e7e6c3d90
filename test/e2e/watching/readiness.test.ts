import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { archiveFile } from '../../support/archive/archive-file.ts'
import { READ } from '../../support/log-messages.ts'
import { openCustos } from '../../support/open-custos.ts'
import { ANY_PORT, page, ready, urlIn } from '../../support/watching.ts'

const READY = [200, 'ready']

test('a bot is ready while every shard is connected, and says since when one is not', async () => {
  const { clock, discord, log, town } = await openCustos({
    httpAddress: ANY_PORT,
    prepare: ({ discord }) => {
      discord.gateway.shards = 6
      discord.gateway.maxConcurrency = 6
    },
  })
  const url = urlIn(log)
  await ready(url)
  expect(await page(url, '/readyz')).toEqual(READY)

  clock.advance(60_000)
  discord.gateway.down = true
  discord.gateway.dropConnections()
  const lost = (shard: number) =>
    `Shard ${shard} has not been connected to Discord since 2026-11-24T12:01:00Z.`
  while ((await page(url, '/readyz')).length < 7) await new Promise((resolve) => setTimeout(resolve, 20))
  clock.advance(60_000)
  expect(await page(url, '/readyz')).toEqual([
    503,
    ...[0, 1, 2, 3, 4].map(lost),
    'Number of other shards that are not connected: 1.',
  ])
  expect(await page(url, '/livez')).toEqual([200, 'alive'])

  discord.gateway.down = false
  await ready(url)
  expect(discord.gateway.isConnected(town.bot.id)).toBe(true)
})

test('a bot whose archive cannot be written is not ready, and says so; after a minute, that events wait as well', async () => {
  const path = archiveFile()
  const { actor, clock, log, town } = await openCustos({
    archiveUrl: `sqlite:${path}`,
    httpAddress: ANY_PORT,
  })
  await log.waitFor(READ)
  const url = urlIn(log)
  expect(await page(url, '/readyz')).toEqual(READY)

  const other = new DatabaseSync(path)
  // What the bot is writing ends first.
  await expect.poll(() => other.exec('BEGIN EXCLUSIVE')).toBeUndefined()
  members.kick(actor(0), town.members[0]?.id ?? '')
  await log.waitFor('Writing to the archive failed; events are held in memory and written again.')
  clock.advance(10_000)
  expect(await page(url, '/readyz')).toEqual([503, 'The archive cannot be written.'])
  clock.advance(60_000)
  expect(await page(url, '/readyz')).toEqual([
    503,
    'The archive cannot be written.',
    'Events of Discord have waited for 1 minute 10 seconds to be written to the archive.',
  ])

  other.close()
  clock.advance(10_000)
  await log.waitFor('Writing to the archive works again.')
  expect(await page(url, '/readyz')).toEqual(READY)
})

test('once a bot stops, nothing is served, and it can be started again', async () => {
  const { log, stopBot, startBot } = await openCustos({ httpAddress: ANY_PORT })
  const url = urlIn(log)
  await stopBot()
  await expect(fetch(`${url}/livez`)).rejects.toThrow()
  await startBot()
  expect(await page(urlIn(log), '/livez')).toEqual([200, 'alive'])
})
