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

/** The code of an error of Node, such as `ENOENT`; undefined if it has none. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** The message of an error, or what else was thrown, as text. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
