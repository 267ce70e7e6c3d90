import { FormErrors } from './errors.ts'

/** The parameters of a request, with all that is wrong with them in one answer. */
export class QueryParams {
  readonly #given: Readonly<Record<string, string>>
  readonly #faults = new FormErrors()

  constructor(given: Readonly<Record<string, string>>) {
    this.#given = given
  }

  snowflake(key: string): string | undefined {
    const value = this.#given[key]
    if (value === undefined || /^\d+$/.test(value)) return value
    this.#faults.add([key], 'NUMBER_TYPE_COERCE', `Value "${value}" is not snowflake.`)
    return undefined
  }

  wholeNumber(key: string, least: number, most: number): number | undefined {
    const value = this.#given[key]
    if (value === undefined) return undefined
    if (!/^-?\d+$/.test(value)) {
      this.#faults.add([key], 'NUMBER_TYPE_COERCE', `Value "${value}" is not int.`)
      return undefined
    }
    this.#faults.range([key], Number(value), least, most)
    return Number(value)
  }

  /** @throws ApiError 50035 with all faults, when there are any */
  check(): void {
    this.#faults.check()
  }
}
