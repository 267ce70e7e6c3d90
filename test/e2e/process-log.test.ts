import { closeSync, openSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openProcesses } from '../support/open-processes.ts'
import { textOf } from '../support/read.ts'

describe('a log that cannot be written neither ends nor holds up Custos', () => {
  test('whose reader is gone, as with | head -1', async () => {
    const { run, moderator } = await openProcesses()
    const bot = run({ LOG_LEVEL: 'trace' })
    bot.log?.once('data', () => bot.log?.destroy())
    await bot.ready()
    const { message } = await moderator.command('audit recent')
    expect(textOf(message)).toContain('Audit log')
    expect(await bot.stop()).toBe(0)
  })

  test('whose reader has stopped reading', async () => {
    const { run, moderator } = await openProcesses()
    const bot = run({ LOG_LEVEL: 'trace' })
    bot.log?.pause()
    await bot.ready()
    // What a pipe holds is far less than this logs.
    for (let asked = 0; asked < 20; asked++) await moderator.command('audit recent')
    const begun = Date.now()
    bot.signal('SIGTERM')
    await bot.exited()
    expect(Date.now() - begun).toBeLessThan(5000)
    bot.log?.resume()
    expect(await bot.ended()).toBe(0)
  })

  // Linux has a disk that is always full.
  test.skipIf(process.platform !== 'linux')('on a full disk', async () => {
    const { run, moderator } = await openProcesses()
    const full = openSync('/dev/full', 'w')
    onTestFinished(() => closeSync(full))
    const bot = run({}, { stdout: full })
    await bot.ready()
    const { message } = await moderator.command('audit recent')
    expect(textOf(message)).toContain('Audit log')
    expect(await bot.stop()).toBe(0)
    expect(bot.output.stderr).toBe('')
  })
})
