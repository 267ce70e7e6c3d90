import { expect, test } from 'vitest'
import { openProcesses } from '../../support/process/open-processes.ts'
import { textOf } from '../../support/read.ts'

// A reader that has stopped reading and a full disk: see test/process/output.test.ts.
test('a process keeps running when the reader of its log is gone, as with | head -1, and ends with 0', async () => {
  const { run, moderator } = await openProcesses()
  const bot = run({ LOG_LEVEL: 'trace' })
  bot.log?.once('data', () => bot.log?.destroy())
  await bot.ready()
  const { message } = await moderator.command('audit recent')
  expect(textOf(message)).toContain('Audit log')
  expect(await bot.stop()).toBe(0)
})
