/** Custos cannot run. The message is a sentence for the operator that says what to do, and holds no secret. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError'
}
