import { Client } from 'pg'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { openArchive } from '../../../src/archive/postgres/open.ts'
import type { Entry } from '../../../src/core/audit-log/entry.ts'
import { PostgresServer } from '../../support/postgres/server.ts'
import { createDatabase } from '../../support/postgres/test-databases.ts'
import { BIG_GUILD, DAYS, entriesOf } from '../data.ts'
import { SETTINGS } from '../databases/postgres.ts'
import { profileShares } from '../sweeps/profiles.ts'
import { BUSY, type Written } from './model.ts'

/** How many servers there are. One in 200 is very busy, and has half of the entries. */
const SERVERS = 200

/** How many entries are written at a time. They come from as many servers as in the model. */
const BATCH = 50

interface Sizes extends Pick<Written, 'stored' | 'logged'> {}

export interface Measured extends Written {
  readonly entries: number
  readonly servers: number
}

/** Writes what happens in many servers in 90 days into PostgreSQL, as it comes, and measures what it takes. */
export async function measureWriting(): Promise<Measured> {
  const server = await PostgresServer.start(SETTINGS)
  try {
    const { url } = await createDatabase(server.url())
    const archive = await openArchive(parsePostgresUrl(url, 'DATABASE_URL'))
    const client = new Client({ connectionString: url })
    await client.connect()
    const entries = entriesInOrder()
    const before = await sizesOf(client)
    const startedAt = performance.now()
    for (let from = 0; from < entries.length; from += BATCH) {
      const byGuild = Map.groupBy(entries.slice(from, from + BATCH), ({ guildId }) => guildId)
      await archive.record(
        [...byGuild].map(([guildId, those]) => ({ guildId, entries: those, from: 'gateway' })),
      )
    }
    const seconds = (performance.now() - startedAt) / 1000
    const after = await sizesOf(client)
    await client.end()
    await archive.close()
    return {
      entries: entries.length,
      servers: SERVERS,
      perSecond: entries.length / seconds,
      stored: (after.stored - before.stored) / entries.length,
      logged: (after.logged - before.logged) / entries.length,
    }
  } finally {
    await server.remove()
  }
}

/** The entries of all servers, in the order in which they are made. */
function entriesInOrder(): Entry[] {
  const servers = profileShares(BUSY).flatMap(([{ entries }, share]) => {
    const perDay = [...entries.values()].reduce((a, b) => a + b, 0)
    return Array.from({ length: Math.max(1, Math.round(share * SERVERS)) }, () => perDay)
  })
  const entries = servers.flatMap((perDay, index) => [
    ...entriesOf(String(BigInt(BIG_GUILD) + BigInt(index)), Math.round(perDay * DAYS)),
  ])
  return entries.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
}

async function sizesOf(client: Client): Promise<Sizes> {
  const { rows } = await client.query(
    "SELECT pg_database_size(current_database()) AS stored, pg_current_wal_lsn() - '0/0' AS logged",
  )
  return { stored: Number(rows[0]?.stored), logged: Number(rows[0]?.logged) }
}
