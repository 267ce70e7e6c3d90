import { escapeIdentifier as quoted } from 'pg'
import { ArchiveUnavailable, codeOf, OperatorError } from '../../../core/errors.ts'
import type { PostgresAddress } from '../address/postgres-address.ts'
import { UNREADABLE_FILE } from './tls.ts'

const UNTRUSTED = (where: string) =>
  `Custos does not trust who signed the server’s certificate. Name the file with its authority as sslrootcert in ${where}.`

/**
 * What only the operator can change: the password, the user, the database, its rights, a standby’s address, and
 * certificates.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html https://nodejs.org/api/tls.html#x509-certificate-error-codes
 */
const ADVICE: Readonly<Record<string, (address: PostgresAddress, where: string) => string>> = {
  '28P01': ({ user }, where) => `Check the password of the user ${user} in ${where}.`,
  '28000': ({ user }, where) =>
    `Check the user ${user} in ${where}, and that pg_hba.conf of the server lets it in.`,
  '3D000': ({ database, user }, where) =>
    `Create it, or correct ${where}: CREATE DATABASE ${quoted(database)} OWNER ${quoted(user)} TEMPLATE template0 ENCODING 'UTF8'.`,
  '42501': ({ database, user }) =>
    `Make the user its owner: ALTER DATABASE ${quoted(database)} OWNER TO ${quoted(user)}.`,
  '25006': (_, where) => `Name the primary server in ${where}, because Custos has to write.`,
  [UNREADABLE_FILE]: (_, where) => `Correct sslrootcert, sslcert or sslkey in ${where}.`,
  ERR_TLS_CERT_ALTNAME_INVALID: (_, where) => `Name the server in ${where} as its certificate does.`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: (_, where) => UNTRUSTED(where),
  UNABLE_TO_GET_ISSUER_CERT: (_, where) => UNTRUSTED(where),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: (_, where) => UNTRUSTED(where),
  SELF_SIGNED_CERT_IN_CHAIN: (_, where) => UNTRUSTED(where),
  DEPTH_ZERO_SELF_SIGNED_CERT: (_, where) => UNTRUSTED(where),
}

/** Whether an archive may be opened later, without a change by the operator. */
export function mayPass(error: unknown): boolean {
  return error instanceof ArchiveUnavailable && !Object.hasOwn(ADVICE, error.code ?? '')
}

/**
 * Why an archive in PostgreSQL cannot be opened, as a sentence that says what to do.
 * @param where what the operator has to correct if the address is wrong
 * @returns the error itself if the operator can do nothing about it
 */
export function cannotOpen(address: PostgresAddress, error: unknown, where = 'DATABASE_URL'): unknown {
  const advice = ADVICE[codeOf(error) ?? '']
  if (!(error instanceof ArchiveUnavailable) && !advice) return error
  const next = advice?.(address, where) ?? `Check that the server runs there, and that ${where} is right.`
  const why = error instanceof Error ? error.message : ''
  return new OperatorError(`The archive, the database ${address}, cannot be opened. ${why}. ${next}`)
}
