/** A JSON object whose fields are not checked yet. */
export type JsonObject = Readonly<Record<string, unknown>>

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects in a list; anything else in it is left out, and a value that is no list gives none. */
export function jsonObjects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}

export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
