import { types } from 'pg'

/** https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat */
const INT8 = 20
const NUMERIC = 1700
const JSON_TEXT = 114
const JSONB = 3802

const toText = (text: string) => text

/**
 * Parses an integer, such as a count or a sum. An id is read as text instead, by a cast.
 * @throws RangeError when it is none that a number holds exactly
 */
function toNumber(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new RangeError('A number from PostgreSQL is not a safe integer.')
  return number
}

const PARSERS = new Map<number, (text: string) => unknown>([
  [INT8, toNumber],
  [NUMERIC, toNumber],
  // Parsed where it is needed, as with SQLite.
  [JSON_TEXT, toText],
  [JSONB, toText],
])

/** How values that PostgreSQL returns become values of JavaScript. The rest is as in pg. */
export const VALUE_TYPES: { getTypeParser: typeof types.getTypeParser } = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    PARSERS.get(oid) ?? types.getTypeParser(oid, format),
}

/** @throws TypeError when PostgreSQL has no type for the value */
export function toParameter(value: unknown): unknown {
  if (value === undefined || typeof value === 'symbol' || typeof value === 'function')
    throw new TypeError(`PostgreSQL cannot store a ${typeof value}.`)
  return value
}
