import { RESTJSONErrorCodes } from 'discord-api-types/v10'
import { ApiError } from './errors.ts'

/** The position of a field in a body. */
export type Path = readonly (string | number)[]

interface FormError {
  readonly path: Path
  readonly code: string
  readonly message: string
}

/**
 * Collects the errors of a body, each with the path of its field.
 * https://docs.discord.com/developers/reference#error-messages
 */
export class FormErrors {
  readonly #errors: FormError[] = []

  add(path: Path, code: string, message: string): void {
    this.#errors.push({ path, code, message })
  }

  required(path: Path): void {
    this.add(path, 'BASE_TYPE_REQUIRED', 'This field is required')
  }

  choices(path: Path, allowed: readonly unknown[]): void {
    this.add(path, 'BASE_TYPE_CHOICES', `Value must be one of {${allowed.join(', ')}}.`)
  }

  /** Checks the length of a text or a list. */
  length(path: Path, value: { readonly length: number }, least: number, most: number): void {
    if (value.length >= least && value.length <= most) return
    if (least === 0) this.add(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`)
    else this.add(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`)
  }

  range(path: Path, value: number, least: number, most: number): void {
    if (value < least)
      this.add(path, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${least}.`)
    if (value > most) this.add(path, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${most}.`)
  }

  /** @throws ApiError 50035 with all errors, if there are any */
  check(): void {
    if (this.#errors.length === 0) return
    const errors: Nested = {}
    // Discord reports errors of a whole only if its parts have none.
    const reported = this.#errors.filter((error) => !this.#errors.some((other) => isWithin(error, other)))
    for (const { path, code, message } of reported) {
      const node = path.reduce<Nested>((parent, key) => {
        const child = parent[String(key)]
        const next: Nested = isNested(child) ? child : {}
        parent[String(key)] = next
        return next
      }, errors)
      const before = Array.isArray(node._errors) ? node._errors : []
      node._errors = [...before, { code, message }]
    }
    throw new ApiError(400, RESTJSONErrorCodes.InvalidFormBodyOrContentType, 'Invalid Form Body', errors)
  }
}

function isWithin({ path }: FormError, inner: FormError): boolean {
  return inner.path.length > path.length && path.every((key, index) => key === inner.path[index])
}

type Nested = { [key: string]: Nested | object[] }

function isNested(value: unknown): value is Nested {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
