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
