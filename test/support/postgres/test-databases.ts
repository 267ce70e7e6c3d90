import { randomBytes } from 'node:crypto'
import { Client } from 'pg'

/** A PostgreSQL server for tests, and the database on it that each test gets a copy of. */
export interface TestServer {
  /** The address of a database, with a user that may create others. */
  readonly url: string
  /** The name of the database to copy. */
  readonly template: string
}

export interface TestDatabase {
  readonly url: string
  /** Drops it, and the connections to it. */
  drop(): Promise<void>
}

/** Creates an empty database. @param encoding of its texts; by default that of the server */
export async function createDatabase(server: string, encoding?: string): Promise<TestDatabase> {
  const texts = encoding === undefined ? '' : ` ENCODING '${encoding}' LOCALE 'C'`
  return createAs(server, `TEMPLATE template0 STRATEGY FILE_COPY${texts}`)
}

/** Creates a database with all that the template has. Logging its pages would take three times as long. */
export async function copyTemplate({ url, template }: TestServer): Promise<TestDatabase> {
  return createAs(url, `TEMPLATE ${template} STRATEGY FILE_COPY`)
}

async function createAs(server: string, options: string): Promise<TestDatabase> {
  const name = `custos_test_${randomBytes(6).toString('hex')}`
  await execute(server, `CREATE DATABASE ${name} ${options}`)
  const url = new URL(server)
  url.pathname = name
  return { url: url.href, drop: () => execute(server, `DROP DATABASE ${name} WITH (FORCE)`) }
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
