/**
 * Parses JSON. An integer too large for a JavaScript number becomes a string of its digits: an id that was sent as a
 * number would be rounded to another id. https://tc39.es/proposal-json-parse-with-source/
 * @returns undefined if the text is not JSON
 */
export function parseExactly(text: string): unknown {
  // The reviver fails on JSON that is nested too deeply. It is parsed without it then.
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

/** Whether a value parsed by plain `JSON.parse` has an integer that may have been rounded. */
export function isInexact(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(isInexact)
}
