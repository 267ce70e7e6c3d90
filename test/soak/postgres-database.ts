import { Client } from 'pg'
import { PostgresServer } from '../support/postgres/server.ts'
import { createDatabase } from '../support/postgres/test-databases.ts'
import type { SoakDatabase } from './database.ts'

/** The tables with texts of members. */
const TABLES_WITH_TEXTS = ['entry', 'name', 'daily_attribution', 'saved_query', 'operation']

/** An archive in PostgreSQL, on a server of its own, which is killed and started again, and cuts its connections. */
export async function openPostgres(): Promise<SoakDatabase> {
  const server = await PostgresServer.start()
  const { url } = await createDatabase(server.url())
  let isUp = true
  const rows = async (sql: string): Promise<Record<string, unknown>[]> => {
    const client = new Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query(sql)).rows
    } finally {
      await client.end()
    }
  }
  const cut = async () => {
    if (isUp)
      await rows('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()')
  }
  return {
    type: 'postgres',
    url,
    get isUp() {
      return isUp
    },
    faults: [
      [
        'PostgreSQL is killed',
        async () => {
          if (!isUp) return undefined
          isUp = false
          await server.stop('SIGKILL')
          return async () => {
            await server.start()
            isUp = true
          }
        },
        10,
      ],
      [
        'PostgreSQL is killed and started',
        async () => {
          if (!isUp) return undefined
          await server.stop('SIGKILL')
          await server.start()
          return undefined
        },
        6,
      ],
      ['PostgreSQL cuts its connections', async () => cut().then(() => undefined), 10],
    ],
    rows,
    remaining: async (texts) => {
      const found = await Promise.all(
        TABLES_WITH_TEXTS.map((table) => rows(`SELECT CAST(${table} AS text) AS row FROM ${table}`)),
      )
      const content = found.flat().map(({ row }) => String(row))
      return texts.filter((text) => content.some((row) => row.includes(text)))
    },
    remove: () => server.remove(),
  }
}
