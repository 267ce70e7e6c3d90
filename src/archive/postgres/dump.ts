import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { codeOf, messageOf, OperatorError } from '../../core/errors.ts'
import { publish } from '../sqlite/file/publish.ts'
import type { PostgresAddress } from './address/postgres-address.ts'
import { urlOf } from './dump-advice.ts'

/** What pg_dump gets of the environment: where it is, and where its user has certificates. */
type Environment = Readonly<Record<'PATH' | 'HOME', string | undefined>>

const NO_PG_DUMP =
  'pg_dump was not found. Install the client of PostgreSQL in the version of the server or a later one, such as the ' +
  'package postgresql-client of Debian.'

/**
 * Copies an archive to a file with pg_dump, which other processes may use meanwhile. The copy is readable by its owner only
 * and gets its name when it is complete. https://www.postgresql.org/docs/current/app-pgdump.html
 * @returns its size in bytes
 * @throws OperatorError when there is no pg_dump, it fails, or the copy cannot be written. pg_dump says why on stderr
 */
export async function dump(
  address: PostgresAddress,
  path: string,
  env: Environment,
): Promise<{ bytes: number }> {
  try {
    return await publish(path, async (file) => {
      await runPgDump(address, file, env)
      return { bytes: statSync(file).size }
    })
  } catch (error) {
    if (error instanceof OperatorError) throw error
    throw new OperatorError(`The copy ${path} could not be written: ${messageOf(error)}.`, { cause: error })
  }
}

async function runPgDump(address: PostgresAddress, file: string, { PATH, HOME }: Environment): Promise<void> {
  // Other users of the machine can see the arguments of a process, but not its environment.
  const env = { PATH, HOME, PGPASSWORD: address.password }
  const arguments_ = ['--format=custom', '--no-password', `--file=${file}`, urlOf(address)]
  const child = spawn('pg_dump', arguments_, { env, stdio: ['ignore', 'inherit', 'inherit'] })
  try {
    const [code] = await once(child, 'close')
    if (code !== 0) throw new OperatorError('pg_dump failed. It says why above.')
  } catch (error) {
    throw codeOf(error) === 'ENOENT' ? new OperatorError(NO_PG_DUMP, { cause: error }) : error
  }
}
