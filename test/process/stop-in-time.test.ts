import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

// A process that is stopped while a thread runs a SQLite statement that never ends.
const ENDLESS = `
  const { DatabaseSync } = require('node:sqlite')
  require('node:worker_threads').parentPort.postMessage('started')
  new DatabaseSync(':memory:')
    .prepare('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n').get()
`
const PROCESS = `
  import { once } from 'node:events'
  import { Worker } from 'node:worker_threads'
  import { stopInTime } from './src/process/stop-in-time.ts'
  await once(new Worker(${JSON.stringify(ENDLESS)}, { eval: true, execArgv: [] }), 'message')
  const log = { warn: ({ step }, message) => process.stdout.write(step + ': ' + message) }
  const running = { stop: async (onStep) => { onStep('the archive'); await new Promise(() => {}) } }
  await stopInTime(Promise.resolve(running), log, 50)
`

test.skipIf(process.execve === undefined)(
  'a process that waits for SQLite ends in time with 0, and logs what it waited for',
  () => {
    const { status, signal, stdout } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', PROCESS],
      {
        encoding: 'utf8',
        timeout: 15_000,
        killSignal: 'SIGKILL',
      },
    )
    expect({ status, signal, stdout }).toEqual({
      status: 0,
      signal: null,
      stdout: 'the archive: Stopping took too long. Confirmed writes are safe.',
    })
  },
)
