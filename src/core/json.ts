/** Whether a value is an object with keys, and not a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects in a list, without its other items; empty for a value that is not a list. */
export function recordsIn(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

/** Whether a field has a value: it is not absent, null or an empty text. An empty list counts as a value. */
export function hasValue(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}

/**
 * Whether a JSON value has at most so many levels of objects and lists. Code that walks through a value calls itself
 * once a level, so a value of thousands of levels cannot be compared, copied or serialized.
 */
export function isWithinDepth(value: unknown, deepest: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return deepest > 0 && Object.values(value).every((part) => isWithinDepth(part, deepest - 1))
}

/** How many values a JSON value has in it, at any depth and itself included: about how long it takes to handle. */
export function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce((count: number, part) => count + countValues(part), 1)
}
