import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openProcesses } from '../support/open-processes.ts'
import { entryIdsOf } from '../support/read.ts'

const STEPPING_DATE = fileURLToPath(new URL('../support/stepping-date.ts', import.meta.url))

test('a process whose machine is put back by a day goes on answering', async () => {
  const { town, run, moderator } = await openProcesses()
  const bot = run({ NODE_OPTIONS: `--import=${STEPPING_DATE}`, READS_PER_MINUTE: '1500' })
  await bot.ready()
  await moderator.command('audit recent')
  process.kill(bot.pid, 'SIGUSR2')
  // More requests than discord.js sends in a second: it counts them by Date.now.
  for (let count = 0; count < 30; count++) {
    const { message } = await moderator.command('audit recent')
    expect(entryIdsOf(message)[0]).toBe(town.guild.log.since().at(-1)?.id)
  }
  expect(await bot.stop()).toBe(0)
}, 60_000)
