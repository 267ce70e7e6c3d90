import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { openArchive } from '../../../src/archive/postgres/open.ts'
import { createData } from '../../support/postgres/data-folder.ts'
import { PostgresServer } from '../../support/postgres/server.ts'
import { keepServerFolder } from '../../support/postgres/server-folder.ts'
import type { BenchDatabase } from './database.ts'
import { CACHE, type Dataset, fill, nameOf } from './dataset.ts'
import { PostgresDriver } from './postgres-driver.ts'

/** PostgreSQL's defaults, where the tests have others, and a buffer as for a server with 2 GB of memory. */
export const SETTINGS = {
  shared_buffers: '512MB',
  max_connections: '100',
  fsync: 'on',
  full_page_writes: 'on',
  wal_level: 'replica',
  max_wal_senders: '10',
  autovacuum: 'on',
}

/** Starts the benchmark's own server, unless the environment names one. Its data stays. */
export async function startServer(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const named = process.env.BENCH_DATABASE_URL
  if (named !== undefined) return { url: named, stop: async () => {} }
  const path = join(CACHE, 'postgres')
  if (isRunning(path))
    throw new Error(`Another benchmark runs a PostgreSQL server in ${path}. Wait until it has ended.`)
  const folder = keepServerFolder(path)
  const server = await PostgresServer.start(SETTINGS, folder, async (binaries, path) => {
    if (existsSync(join(path, 'data/PG_VERSION'))) return readFileSync(join(path, 'password'), 'utf8')
    return createData(binaries, path, [])
  })
  const stop = async () => {
    await server.stop()
    await folder.remove()
  }
  return { url: server.url(), stop }
}

/** Whether a server runs in a folder. One that was killed has left its process id there. */
function isRunning(folder: string): boolean {
  try {
    const [id] = readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')
    return process.kill(Number(id), 0)
  } catch {
    return false
  }
}

/** The database with a benchmark's data, which is built if it is missing. */
export async function preparedDatabase(server: string, dataset: Dataset): Promise<BenchDatabase> {
  const name = `custos_bench_${nameOf(dataset, 'postgres')}`
  await on(server, async (admin) => {
    const { rows } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (rows.length > 0) return
    const unfinished = `${name}_unfinished`
    await admin.query(`DROP DATABASE IF EXISTS ${unfinished}`)
    await admin.query(`CREATE DATABASE ${unfinished} TEMPLATE template0`)
    const archive = await openArchive(addressOf(server, unfinished))
    await fill(archive, dataset)
    await archive.close()
    await on(urlOf(server, unfinished), (client) => client.query('VACUUM (ANALYZE)'))
    await admin.query(`ALTER DATABASE ${unfinished} RENAME TO ${name}`)
  })
  return postgresDatabase(server, name)
}

export function postgresDatabase(server: string, name: string): BenchDatabase {
  const url = urlOf(server, name)
  return {
    type: 'postgres',
    describe: () => on(url, describe),
    open: () => openArchive(addressOf(server, name)),
    connect: () => PostgresDriver.connect(url),
    withCopy: async (use) => {
      const copy = `${name}_copy`
      await on(server, async (admin) => {
        await admin.query(`DROP DATABASE IF EXISTS ${copy} WITH (FORCE)`)
        await admin.query(`CREATE DATABASE ${copy} TEMPLATE ${name} STRATEGY FILE_COPY`)
      })
      try {
        return await use(postgresDatabase(server, copy))
      } finally {
        await on(server, (admin) => admin.query(`DROP DATABASE ${copy} WITH (FORCE)`))
      }
    },
  }
}

async function describe(client: Client): Promise<string> {
  const { rows } = await client.query<{ name: string; setting: string }>(`
    SELECT name, current_setting(name) AS setting FROM pg_settings
    WHERE name IN ('server_version', 'shared_buffers', 'fsync', 'synchronous_commit', 'autovacuum')`)
  const { server_version: version, ...settings } = Object.fromEntries(
    rows.map(({ name, setting }) => [name, setting]),
  )
  const { rows: sizes } = await client.query<{ mb: string }>(
    'SELECT round(pg_database_size(current_database()) / 1e6) AS mb',
  )
  const set = Object.entries(settings).map((pair) => pair.join(' '))
  return [`PostgreSQL ${version}`, `database of ${sizes[0]?.mb} MB`, ...set].join(', ')
}

function urlOf(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = name
  return url.href
}

function addressOf(server: string, name: string) {
  return parsePostgresUrl(urlOf(server, name), 'BENCH_DATABASE_URL')
}

async function on<Result>(url: string, use: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}
