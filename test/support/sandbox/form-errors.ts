type Nested = { [key: string]: Nested | object[] }

/** An error of a field. */
export type FormError = readonly [code: string, message: string]

/** Discord's response to a body with errors at a path such as `0.options.2.name`. */
export function invalidForm(path: string, ...errors: readonly FormError[]): object {
  const leaf: Nested = { _errors: errors.map(([code, message]) => ({ code, message })) }
  const keys = path === '' ? [] : path.split('.')
  return {
    message: 'Invalid Form Body',
    code: 50035,
    errors: keys.reduceRight<Nested>((inner, key) => ({ [key]: inner }), leaf),
  }
}

export const REQUIRED: FormError = ['BASE_TYPE_REQUIRED', 'This field is required']

export function atMost(length: number): FormError {
  return ['BASE_TYPE_MAX_LENGTH', `Must be ${length} or fewer in length.`]
}

export function between(least: number, most: number): FormError {
  return ['BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`]
}
