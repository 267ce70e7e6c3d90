/**
 * Reads JSON in which an integer too large for a JavaScript number, such as an id that was sent as a number, is kept
 * as the text of its digits: rounded it would name somebody else.
 * https://tc39.es/proposal-json-parse-with-source/
 * @returns undefined for what is no JSON
 */
export function parseExactly(text: string): unknown {
  // What is nested too deep to be gone through is no reason to read nothing of the rest.
  return parsed(text, exactly) ?? parsed(text)
}

function parsed(text: string, reviver?: typeof exactly): unknown {
  try {
    return JSON.parse(text, reviver)
  } catch {
    return undefined
  }
}

function exactly(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source
  const isInexact = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
  return isInexact && source !== undefined && /^\d+$/.test(source) ? source : value
}

/** Whether a value that was parsed by `JSON.parse` alone holds an integer that was rounded. */
export function isInexact(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(isInexact)
}
