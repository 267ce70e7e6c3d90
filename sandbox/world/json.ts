/** A JSON object whose fields nobody has looked at yet. */
export type Json = Readonly<Record<string, unknown>>

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects of a list, whatever else is in it. */
export function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : []
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
