import { expect, test } from 'vitest'
import { freePort } from '../../support/free-port.ts'
import { openProcesses } from '../../support/process/open-processes.ts'

// An import of node:http brings a second undici, with which discord.js sends no files.
test('charts are sent while health and metrics are served', async () => {
  const { run, moderator } = await openProcesses()
  const bot = run({ HTTP_ADDRESS: `127.0.0.1:${await freePort()}` })
  await bot.ready()
  const reply = moderator.send('audit activity')
  await reply.answered()
  await reply.until(() => reply.message.files.length > 0)
  expect(reply.message.files.map(({ name }) => name)).toEqual(['activity.png'])
  expect(await bot.stop()).toBe(0)
})
