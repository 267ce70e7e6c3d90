import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

// A statement of SQLite that never ends, on a thread of its own.
const ENDLESS = `
  const { DatabaseSync } = require('node:sqlite')
  require('node:worker_threads').parentPort.postMessage('begun')
  new DatabaseSync(':memory:')
    .prepare('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n').get()
`

test.skipIf(process.execve === undefined)(
  'a process whose thread is deep in SQLite leaves at once, with 0',
  () => {
    const { status, signal } = spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { Worker } from 'node:worker_threads'
         import { leaveAtOnce } from './src/process/leave.ts'
         new Worker(${JSON.stringify(ENDLESS)}, { eval: true, execArgv: [] }).once('message', () => setImmediate(leaveAtOnce))`,
      ],
      { timeout: 15_000, killSignal: 'SIGKILL' },
    )
    expect({ status, signal }).toEqual({ status: 0, signal: null })
  },
)
