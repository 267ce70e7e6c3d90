/**
 * Whether no part of a JSON value lies deeper than so many objects and lists. Whatever walks through a value calls
 * itself for each of them, so one that is nested some thousand times cannot be compared, copied or written down.
 */
export function isWithinDepth(value: unknown, deepest: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return deepest > 0 && Object.values(value).every((part) => isWithinDepth(part, deepest - 1))
}
