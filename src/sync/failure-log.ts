import type { Failure } from '../core/coverage/sync-status.ts'
import { ArchiveUnavailable } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { LogLimited, LogUnavailable } from './audit-log-source.ts'

/** Why a read failed. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof LogUnavailable)) return 'unwritten'
  return error.reason === 'unauthorized' || error.reason === 'blocked' ? 'unreadable' : error.reason
}

/** Writes to the log why audit logs could not be read. */
export class FailureLog {
  readonly #log: Log
  readonly #limits = new WeakSet<LogLimited>()

  constructor(log: Log) {
    this.#log = log
  }

  /** @param isRepeated whether the last read failed for the same reason, which only a server's admins can remove */
  write(guild: Snowflake, error: unknown, isRepeated = false): void {
    const log = this.#log
    const denial = isRepeated ? 'debug' : 'warn'
    if (error instanceof LogLimited) {
      const until = new Date(error.until).toISOString()
      // One limit can affect thousands of guilds.
      const level = this.#limits.has(error) ? 'debug' : 'warn'
      this.#limits.add(error)
      log[level]({ guild, until }, 'Reading the audit log was postponed: Discord limits requests.')
    } else if (error instanceof ArchiveUnavailable) {
      log.warn({ guild, err: error }, 'The archive could not store what was read; it is read again.')
    } else if (!(error instanceof LogUnavailable)) {
      log.error({ guild, err: error }, 'Storing what was read failed; it is read again.')
    } else if (error.reason === 'forbidden') {
      log[denial]({ guild }, 'Reading the audit log failed: View Audit Log is missing.')
    } else if (error.reason === 'absent') {
      log[denial]({ guild }, 'Reading the audit log failed: Discord says that Custos is not in the server.')
    } else {
      log.warn({ guild, err: error.cause ?? error }, 'Reading the audit log failed.')
    }
  }
}
