import { readFileSync } from 'node:fs'
import { parse } from 'dotenv'
import { expect, test } from 'vitest'
import { openProcesses, TOKEN } from '../../support/process/open-processes.ts'

test('a copied .env.example with a token is enough to start', async () => {
  const { discord, run } = await openProcesses()
  const example = parse(readFileSync('.env.example'))
  expect(example).toHaveProperty('SHARD_COUNT', 'auto')
  const sandbox = { DISCORD_API: discord.api, DATABASE_URL: 'sqlite::memory:' }
  const bot = run({ ...example, ...sandbox, DISCORD_TOKEN: TOKEN })
  await bot.ready()
  expect(await bot.stop()).toBe(0)
})
