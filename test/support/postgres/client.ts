import { Client } from 'pg'
import { onTestFinished } from 'vitest'
import type { AtEnd } from '../at-end.ts'

/** A connection of the test's own to a database, which ends with the test. */
export async function connectClient(url: string, atEnd: AtEnd = onTestFinished): Promise<Client> {
  const client = new Client({ connectionString: url })
  // A server that is killed ends it.
  client.on('error', () => {})
  await client.connect()
  atEnd(() => client.end())
  return client
}
