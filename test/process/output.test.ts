import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

// A process that logs a line whenever its parent says so. What it writes to is its own, as it is for Custos.
const LOGGER = `
  import { createLog } from './src/process/create-log.ts'
  import { standardOutput } from './src/process/output.ts'
  const log = createLog({ level: 'info', token: 'secret', pretty: false }, standardOutput())
  process.on('message', (message) => { log.info({}, message); process.send('done') })
`

// Linux can forbid a process to let a file grow, and allow it again: the same as a disk without room.
test.skipIf(process.platform !== 'linux')(
  'a log on a full disk goes on when there is room again, and says what is missing',
  async () => {
    const { logger, lines } = logTo()
    await log(logger, 'before')
    const limits = readFileSync(lines.path).length + 20
    limit(logger, limits)
    await log(logger, 'torn')
    await log(logger, 'lost')
    limit(logger, 'unlimited')
    await log(logger, 'after')
    const [first, torn, ...rest] = lines.read()
    expect(JSON.parse(first ?? '')).toMatchObject({ msg: 'before' })
    expect(torn).toHaveLength(20)
    expect(rest.map((line): unknown => JSON.parse(line))).toEqual([
      expect.objectContaining({ msg: 'after' }),
      expect.objectContaining({ lines: 2, msg: 'Lines of the log could not be written.' }),
    ])
  },
)

test('no line of the log shows the token', async () => {
  const { logger, lines } = logTo()
  await log(logger, 'the secret is out')
  expect(lines.read()[0]).toContain('"msg":"the [token] is out"')
})

// What is logged while the reader of a pipe has stopped, and how much of it was taken.
const HASTY = `
  import { standardOutput } from './src/process/output.ts'
  const output = standardOutput()
  const line = 'x'.repeat(100_000)
  process.send(Array.from({ length: 200 }, () => output.write(line)).filter(Boolean).length)
`

test('of what nobody reads no more is kept than a few megabytes', async () => {
  const logger = spawn(process.execPath, ['--input-type=module', '--eval', HASTY], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  onTestFinished(() => void logger.kill('SIGKILL'))
  const [taken] = await once(logger, 'message')
  expect(taken).toBeGreaterThan(10)
  expect(taken).toBeLessThan(60)
})

function logTo() {
  const folder = mkdtempSync(join(tmpdir(), 'custos-log-'))
  const path = join(folder, 'log')
  const file = openSync(path, 'a')
  const logger = spawn(process.execPath, ['--input-type=module', '--eval', LOGGER], {
    stdio: ['ignore', file, 'inherit', 'ipc'],
  })
  onTestFinished(() => {
    logger.kill('SIGKILL')
    closeSync(file)
    rmSync(folder, { recursive: true })
  })
  return { logger, lines: { path, read: () => readFileSync(path, 'utf8').trimEnd().split('\n') } }
}

async function log(logger: ChildProcess, message: string): Promise<void> {
  const done = once(logger, 'message')
  logger.send(message)
  await done
}

function limit({ pid }: ChildProcess, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', [`--pid=${pid}`, `--fsize=${bytes}:`])
}
