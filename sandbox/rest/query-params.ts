import { FormErrors } from './form-errors.ts'

/** Reads and checks the query parameters of a request. All errors are reported together. */
export class QueryParams {
  readonly #given: Readonly<Record<string, string>>
  readonly #errors = new FormErrors()

  constructor(given: Readonly<Record<string, string>>) {
    this.#given = given
  }

  snowflake(key: string): string | undefined {
    const value = this.#given[key]
    if (value === undefined || /^\d+$/.test(value)) return value
    this.#errors.add([key], 'NUMBER_TYPE_COERCE', `Value "${value}" is not snowflake.`)
    return undefined
  }

  wholeNumber(key: string, least: number, most: number): number | undefined {
    const value = this.#given[key]
    if (value === undefined) return undefined
    if (!/^-?\d+$/.test(value)) {
      this.#errors.add([key], 'NUMBER_TYPE_COERCE', `Value "${value}" is not int.`)
      return undefined
    }
    this.#errors.range([key], Number(value), least, most)
    return Number(value)
  }

  /** @throws ApiError 50035 with all errors, if there are any */
  check(): void {
    this.#errors.check()
  }
}
