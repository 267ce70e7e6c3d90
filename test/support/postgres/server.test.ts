import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { postgresDatabase } from './postgres-database.ts'
import { PostgresServer } from './server.ts'

test('Each test has a database of its own, which is dropped after it', async () => {
  const ends: (() => Promise<void>)[] = []
  const [one, other] = [await postgresDatabase(), await postgresDatabase((end) => void ends.push(end))]
  await query(other, 'CREATE TABLE only_here ()')
  const find = "SELECT to_regclass('only_here')::text AS found"
  expect(await query(other, find)).toEqual([{ found: 'only_here' }])
  expect(await query(one, find)).toEqual([{ found: null }])
  for (const end of ends) await end()
  await expect(query(other, find)).rejects.toThrow('does not exist')
})

test('A server that was killed has what it had stored, once it is started again', async () => {
  const server = await PostgresServer.start()
  onTestFinished(() => server.remove())
  await query(server.url(), 'CREATE TABLE stored ()')
  await server.stop('SIGKILL')
  await expect(query(server.url(), 'TABLE stored')).rejects.toThrow('ECONNREFUSED')
  await server.start()
  expect(await query(server.url(), 'TABLE stored')).toEqual([])
})

test('A server and its folder do not outlive a process that is killed', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'killed-with-server.ts')])
  const data = await text(child.stdout)
  expect(dirname(data)).toContain('custos-postgres-')
  await expect.poll(() => existsSync(dirname(data)), { timeout: 10_000 }).toBe(false)
})

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
