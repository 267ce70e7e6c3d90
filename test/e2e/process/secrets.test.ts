import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { BotProcess } from '../../../sandbox/bot-process.ts'
import { archiveFile } from '../../support/archive/archive-file.ts'
import { ALL_READ } from '../../support/log-messages.ts'
import { logged, openProcesses, TOKEN } from '../../support/process/open-processes.ts'

const LEAKING_PROCESS = fileURLToPath(new URL('../../support/process/leaking-process.ts', import.meta.url))

const PASSWORD = 'two %"words" and $more'

/** An environment that names files with the token and an address, and the folder that they are in. */
function secretFiles(addressIn: (folder: string) => string, token = TOKEN) {
  const folder = dirname(archiveFile())
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), `${text}\n`)
    return join(folder, name)
  }
  const environment = {
    DISCORD_TOKEN: '',
    DATABASE_URL: '',
    DISCORD_TOKEN_FILE: write('token', token),
    DATABASE_URL_FILE: write('address', addressIn(folder)),
    LOG_LEVEL: 'trace',
    NODE_OPTIONS: `--import=${LEAKING_PROCESS}`,
  }
  return { folder, environment }
}

/** Everything that could be a secret in what a process has written. */
function secretsShown({ output }: BotProcess): string[] {
  const text = output.stdout + output.stderr
  const written = [TOKEN, PASSWORD, encodeURIComponent(PASSWORD)]
  return [...written, ...written.map((secret) => JSON.stringify(secret).slice(1, -1))].filter((secret) =>
    text.includes(secret),
  )
}

test('a process shows neither its token nor the password of its database, from files, while it waits and when it crashes', async () => {
  const { run } = await openProcesses()
  const address = `postgres://custos:${encodeURIComponent(PASSWORD)}@127.0.0.1:9/custos`
  const bot = run(secretFiles(() => address).environment)
  await logged(bot, 'The archive cannot be reached; trying again.')
  bot.signal('SIGHUP')
  await logged(bot, 'Unhandled rejection.')
  bot.signal('SIGUSR2')
  expect(await bot.ended()).toBe(1)
  expect(bot.output.stdout).toContain('"msg":"Crashed."')
  expect(bot.output.stdout).toContain(
    'Bot [secret] at postgres://custos:[secret]@127.0.0.1:9/custos with [secret]',
  )
  expect(secretsShown(bot)).toEqual([])
})

test('a process that runs shows its token neither in its log nor in its files', async () => {
  const { run, moderator } = await openProcesses()
  const { folder, environment } = secretFiles((inside) => `sqlite:${join(inside, 'custos.db')}`)
  const bot = run(environment)
  await bot.ready()
  await logged(bot, ALL_READ)
  await moderator.command('audit recent')
  expect(await bot.stop()).toBe(0)
  expect(secretsShown(bot)).toEqual([])
  const files = readdirSync(folder).filter((name) => name !== 'token' && name !== 'address')
  expect(files).toContain('custos.db')
  for (const name of files) expect(readFileSync(join(folder, name)).includes(TOKEN)).toBe(false)
})

test('a token from a file that Discord does not accept ends the process with a sentence without it', async () => {
  const { run } = await openProcesses()
  const other = 'MTAx.another.token'
  const bot = run(secretFiles(() => 'sqlite::memory:', other).environment)
  expect(await bot.ended()).toBe(1)
  expect(bot.output.stderr).toMatch(/^Discord does not accept DISCORD_TOKEN\./)
  expect(bot.output.stdout + bot.output.stderr).not.toContain(other)
})
