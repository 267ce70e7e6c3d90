import { OperatorError } from '../core/operator-error.ts'

/** What the operator is told when the archive's file, or the folder it should lie in, is not what it has to be. */
export function cannotOpen(path: string, cause: unknown): OperatorError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new OperatorError(`The archive ${path} cannot be opened: ${why}.`, { cause })
}
