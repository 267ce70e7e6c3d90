/** A mistake the user can mend. Its message is a sentence that says how, and is shown as it is. */
export class UserError extends Error {
  override readonly name = 'UserError'
}
