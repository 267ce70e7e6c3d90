import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

// A process that logs a line for each message from its parent. It has an output of its own, like Custos.
const LOGGER = `
  import { createLog } from './src/process/create-log.ts'
  import { standardOutput } from './src/process/output.ts'
  const log = createLog({ level: 'info', secrets: ['secret'], pretty: false }, standardOutput())
  process.on('message', (message) => { log.info({}, message); process.send('done') })
`

// Linux can stop a process from making files larger, and allow it again, which acts like a full disk.
test.skipIf(process.platform !== 'linux')(
  'a log on a full disk continues when there is room again, and says how many lines are missing',
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
      expect.objectContaining({ lines: 2, msg: 'Log lines were lost.' }),
    ])
  },
)

// Linux has a disk that is always full.
test.skipIf(process.platform !== 'linux')(
  'a log that can never be written does not end the process',
  async () => {
    const logger = start(openSync('/dev/full', 'w'))
    await log(logger, 'first')
    await log(logger, 'second')
    expect(logger.exitCode).toBeNull()
  },
)

test('no line of the log shows a secret', async () => {
  const { logger, lines } = logTo()
  await log(logger, 'the secret is out')
  expect(lines.read()[0]).toContain('"msg":"the [secret] is out"')
})

// A process that logs 20 MB to a pipe, and ends as Custos does. It reports how many of the 200 lines were accepted.
const LARGE_LOGGER = `
  import { standardOutput } from './src/process/output.ts'
  const output = standardOutput()
  const line = 'x'.repeat(100_000)
  process.send(Array.from({ length: 200 }, () => output.write(line)).filter(Boolean).length)
  await output.flush()
  process.exit(0)
`

test('a log that is not read keeps a few megabytes in memory, and does not delay the end of the process', async () => {
  const logger = spawn(process.execPath, ['--input-type=module', '--eval', LARGE_LOGGER], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  onTestFinished(() => void logger.kill('SIGKILL'))
  const exited = once(logger, 'exit')
  const [accepted] = await once(logger, 'message')
  expect(accepted).toBeGreaterThan(10)
  expect(accepted).toBeLessThan(60)
  expect(await exited).toEqual([0, null])
})

function logTo() {
  const folder = mkdtempSync(join(tmpdir(), 'custos-log-'))
  const path = join(folder, 'log')
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const logger = start(openSync(path, 'a'))
  return { logger, lines: { path, read: () => readFileSync(path, 'utf8').trimEnd().split('\n') } }
}

/** A logger that writes to a file. */
function start(file: number): ChildProcess {
  const logger = spawn(process.execPath, ['--input-type=module', '--eval', LOGGER], {
    stdio: ['ignore', file, 'inherit', 'ipc'],
  })
  onTestFinished(() => {
    logger.kill('SIGKILL')
    closeSync(file)
  })
  return logger
}

async function log(logger: ChildProcess, message: string): Promise<void> {
  const done = once(logger, 'message')
  logger.send(message)
  await done
}

function limit({ pid }: ChildProcess, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', [`--pid=${pid}`, `--fsize=${bytes}:`])
}
