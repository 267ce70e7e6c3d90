import { expect, test } from 'vitest'
import { freePort } from '../../support/free-port.ts'
import { postgresDatabase } from '../../support/postgres/postgres-database.ts'
import { loggedMatching, openProcesses } from '../../support/process/open-processes.ts'
import { page, ready, scrape, sumOf } from '../../support/watching.ts'

test('a process that stands by says so and is ready, and shows its block and lease once it takes over', async () => {
  const url = await postgresDatabase()
  const { discord, run } = await openProcesses({ history: { days: 1, perDay: 5, seed: 1 } })
  discord.gateway.shards = 1
  const start = async () => {
    const port = await freePort()
    const environment = { DATABASE_URL: url, SHARDS_PER_PROCESS: '1', HTTP_ADDRESS: String(port) }
    return { bot: run(environment), url: `http://127.0.0.1:${port}` }
  }
  const first = await start()
  await first.bot.ready()
  await ready(first.url)
  expect(await page(first.url, '/readyz')).toEqual([200, 'ready'])
  const serving = await scrape(first.url)
  expect(sumOf(serving, 'custos_standby')).toBe(0)
  expect(sumOf(serving, 'custos_shard_block')).toBe(0)
  expect(sumOf(serving, 'custos_lease_valid_seconds')).toBeGreaterThan(10)

  const second = await start()
  await loggedMatching(second.bot, /Standing by: other processes serve all shards/)
  expect(await page(second.url, '/readyz')).toEqual([200, 'standing by'])
  const waiting = await scrape(second.url)
  expect(sumOf(waiting, 'custos_standby')).toBe(1)
  expect(sumOf(waiting, 'custos_shard_block')).toBe(undefined)

  await first.bot.stop()
  while ((await page(second.url, '/readyz'))[1] !== 'ready')
    await new Promise((resolve) => setTimeout(resolve, 50))
  expect(sumOf(await scrape(second.url), 'custos_standby')).toBe(0)
  expect(await second.bot.stop()).toBe(0)
})
