import type { TestProject } from 'vitest/node'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { openArchive } from '../../../src/archive/postgres/open.ts'
import { PostgresServer } from './server.ts'
import { createDatabase, type TestServer } from './test-databases.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** In the project `postgres`, the server of its tests. */
    readonly postgres?: TestServer
  }
}

/** Starts the server of the project `postgres`, unless the environment names one. Vitest runs this only for its tests. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const named = process.env.TEST_DATABASE_URL
  const server = named === undefined ? await PostgresServer.start() : undefined
  const url = named ?? server?.url() ?? ''
  const template = await createDatabase(url)
  await prepare(template.url)
  project.provide('postgres', { url, template: new URL(template.url).pathname.slice(1) })
  return async () => {
    if (server) await server.remove()
    else await template.drop()
  }
}

/** Gives the template what every archive begins with. */
async function prepare(url: string): Promise<void> {
  const archive = await openArchive(parsePostgresUrl(url, 'the template'))
  await archive.close()
}
