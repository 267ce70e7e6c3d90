import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'

import type { Connections } from '../../../../src/archive/connection/connections.ts'
import { connect } from '../../../../src/archive/sqlite/connection/connections.ts'
import { RecordedLog } from '../../../support/recorded-log.ts'

function connectWith(log: RecordedLog): Connections {
  const connections = connect(':memory:', log)
  onTestFinished(async () => {
    await connections.close()
  })
  return connections
}

test('at level trace each query is logged with its duration and without its parameters', async () => {
  const log = new RecordedLog({ isTracing: true })
  const writer = connectWith(log).writer()
  await sql`SELECT ${'a secret'} AS text`.execute(writer)
  expect(log.lines).toEqual([
    { level: 'trace', facts: { sql: 'SELECT ? AS text', ms: expect.any(Number) }, message: 'Query.' },
  ])
})

test('at other levels no query is logged', async () => {
  const log = new RecordedLog()
  const writer = connectWith(log).writer()
  await sql`SELECT 1`.execute(writer)
  expect(log.lines).toEqual([])
})
