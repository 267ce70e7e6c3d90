import { escapeIdentifier as quoted } from 'pg'
import { ArchiveUnavailable, codeOf, OperatorError } from '../../../core/errors.ts'
import type { PostgresAddress } from '../address/postgres-address.ts'

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const ADVICE: Readonly<Record<string, (address: PostgresAddress) => string>> = {
  '28P01': ({ user }) => `Check the password of the user ${user} in DATABASE_URL.`,
  '28000': ({ user }) =>
    `Check the user ${user} in DATABASE_URL, and that pg_hba.conf of the server lets it in.`,
  '3D000': ({ database, user }) =>
    `Create it, or correct DATABASE_URL: CREATE DATABASE ${quoted(database)} OWNER ${quoted(user)} TEMPLATE template0 ENCODING 'UTF8'.`,
  '42501': ({ database, user }) =>
    `Make the user its owner: ALTER DATABASE ${quoted(database)} OWNER TO ${quoted(user)}.`,
  '25006': () => 'Name the primary server in DATABASE_URL, because Custos has to write.',
  '53300': () => 'Let the server have more, or stop what uses them: Custos needs up to nine.',
}

/**
 * Why an archive in PostgreSQL cannot be opened, as a sentence that says what to do.
 * @returns the error itself if the operator can do nothing about it
 */
export function cannotOpen(address: PostgresAddress, error: unknown): unknown {
  const advice = ADVICE[codeOf(error) ?? '']
  if (!(error instanceof ArchiveUnavailable) && !advice) return error
  const next = advice?.(address) ?? 'Check that the server runs there, and that DATABASE_URL is right.'
  const why = error instanceof Error ? error.message : ''
  return new OperatorError(`The archive, the database ${address}, cannot be opened. ${why}. ${next}`)
}
