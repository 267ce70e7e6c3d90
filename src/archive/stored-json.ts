import type { z } from 'zod'
import type { Log } from '../core/log.ts'

/** What a stored value belongs to. */
interface Origin {
  readonly guild: string
  readonly watch?: number
  readonly post?: number
  readonly operation?: string
}

/** A value that is stored as JSON; undefined, and logged, if it is one that only a newer version understands. */
export function parseStored<Value>(
  schema: z.ZodType<Value>,
  json: string,
  origin: Origin,
  log: Log,
): Value | undefined {
  const parsed = schema.safeParse(JSON.parse(json))
  if (parsed.success) return parsed.data
  log.error(
    { ...origin, err: parsed.error },
    'Something that a newer version of Custos has stored is left out.',
  )
  return undefined
}
