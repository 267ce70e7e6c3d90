import type { DatabaseError } from 'pg'
import { ArchiveUnavailable, codeOf, messageOf } from '../../../core/errors.ts'

/**
 * The server rejected a statement. What it says about the values is left out: they are texts of members.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
class PostgresError extends Error {
  override readonly name = 'PostgresError'
  readonly code: string | undefined

  constructor(error: DatabaseError) {
    const { code, table, constraint, routine } = error
    const about = Object.entries({ table, constraint, routine })
      .flatMap(([name, value]) => (value === undefined ? [] : [`, ${name} ${value}`]))
      .join('')
    const says = quotesValues(error) ? '' : `: ${error.message}`
    super(`PostgreSQL rejected a statement with ${code}${about}${says}`)
    this.code = code
  }
}

/** Data exceptions and violated constraints, whose messages can quote a value. */
function quotesValues({ code = '' }: DatabaseError): boolean {
  return /^(?:22|23|44|P0)/.test(code)
}

/**
 * The server cannot be used: connection exceptions, no resources left (memory, disk, connections), the server stops or
 * starts, errors of its disk, a standby that cannot be written, and a transaction that it gave up.
 */
const UNREACHABLE = /^(?:08|53|57P|58|25006|25P03|25P04)/

const INVALID_PASSWORD = '28P01'

/** The statement or the wait for a lock took too long. */
const SLOW = /^(?:57014|55P03)/

/** The server no longer has what the connection prepared, or it has changed. */
const OUTDATED = /^(?:26000|0A000)/

/** What a statement failed with, for the rest of Custos. */
export function statementFault(error: DatabaseError): Error {
  const { code = '', message } = error
  if (UNREACHABLE.test(code)) return new ArchiveUnavailable(`PostgreSQL: ${message}`, 'unreachable', code)
  if (SLOW.test(code)) return new ArchiveUnavailable(`PostgreSQL: ${message}`, 'slow', code)
  return new PostgresError(error)
}

/** Whether the next operation needs another connection after this error. */
export function endsConnection({ code = '' }: DatabaseError): boolean {
  return UNREACHABLE.test(code) || OUTDATED.test(code)
}

/** Why a connection could not be opened, or was lost. */
export function connectionFault(error: unknown): ArchiveUnavailable {
  // Node tries each address of a host, and has one error for all of them, without a message.
  const cause = error instanceof AggregateError ? error.errors[0] : error
  // Node adds how to trust more authorities, which is another way here.
  const message = messageOf(cause).replace(/; if the root CA .*/, '')
  // pg gives no code to what it refuses itself, such as an empty password.
  const code = codeOf(cause) ?? (message.startsWith('SASL:') ? INVALID_PASSWORD : undefined)
  return new ArchiveUnavailable(`PostgreSQL cannot be reached: ${message}`, 'unreachable', code)
}
