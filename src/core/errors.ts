/** A mistake that the user can correct. The message is a sentence that says how, and is shown to the user as it is. */
export class UserError extends Error {
  override readonly name = 'UserError'
}

/**
 * A fault that the operator has to correct before Custos can run. The message is a sentence that says how, and contains
 * no secret.
 */
export class OperatorError extends Error {
  override readonly name = 'OperatorError'
}

/**
 * The archive cannot do what it was asked for at the moment, and may be able to soon. The message says why, for the log, and
 * contains no secret and no text of a member.
 */
export class ArchiveUnavailable extends Error {
  override readonly name = 'ArchiveUnavailable'
  /** `unreachable`: the database cannot be reached or written. `slow`: it took longer than a statement may. */
  readonly reason: 'unreachable' | 'slow'
  /** The code of the cause, from Node or PostgreSQL, such as `ECONNREFUSED` or `57P01`. */
  readonly code: string | undefined

  constructor(message: string, reason: ArchiveUnavailable['reason'], code?: string) {
    super(message)
    this.reason = reason
    this.code = code
  }
}

/** The code of an error of Node, such as `ENOENT`; undefined if it has none. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** The message of an error, or what else was thrown, as text. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
