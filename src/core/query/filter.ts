import { z } from 'zod'
import { ENTITY_CLASSES } from '../names/entity-class.ts'
import { isSnowflake } from '../snowflake.ts'

export const snowflake = z.string().refine(isSnowflake)

export const kindsSchema = z.union([
  z.object({ anyOf: z.array(z.int()) }),
  z.object({ noneOf: z.array(z.int()) }),
])

/** A selection of kinds: those listed, or all except those listed. */
export type Kinds = z.infer<typeof kindsSchema>

/** A selection of entries of a guild. A field that is absent does not restrict it. */
export const filterSchema = z.object({
  executorId: snowflake.optional(),
  /** Set to leave out what bots did. */
  withoutBots: z.literal(true).optional(),
  /** Whom bots acted for. */
  onBehalfOfId: snowflake.optional(),
  /** The entry's `target_id`: usually a snowflake. */
  targetId: z.string().optional(),
  /** The class of the target; absent for any entity with that id. */
  targetType: z.enum(ENTITY_CLASSES).optional(),
  kinds: kindsSchema.optional(),
  channelId: snowflake.optional(),
  /** The first id that is included. */
  from: snowflake.optional(),
  /** The first id after those that are included. */
  to: snowflake.optional(),
  /** A text that the reason contains, in any case. */
  reason: z.string().optional(),
})

export type Filter = z.infer<typeof filterSchema>

/** The filter of what bots did on behalf of the member whose own actions a filter selects. */
export function throughBots({ executorId, ...filter }: Filter): Filter {
  return { ...filter, ...(executorId !== undefined && { onBehalfOfId: executorId }) }
}

/** The kinds that are in both selections. */
export function bothKinds(one: Kinds, other: Kinds): Kinds {
  if ('anyOf' in one) return { anyOf: one.anyOf.filter((kind) => isAmong(kind, other)) }
  if ('anyOf' in other) return bothKinds(other, one)
  return { noneOf: [...new Set([...one.noneOf, ...other.noneOf])] }
}

/** The kinds that are in either selection. */
export function eitherKinds(one: Kinds, other: Kinds): Kinds {
  if ('noneOf' in one) return { noneOf: one.noneOf.filter((kind) => !isAmong(kind, other)) }
  if ('noneOf' in other) return eitherKinds(other, one)
  return { anyOf: [...new Set([...one.anyOf, ...other.anyOf])] }
}

/** Whether a selection has all kinds of another. */
export function hasKinds(kinds: Kinds, part: Kinds): boolean {
  if ('anyOf' in part) return part.anyOf.every((kind) => isAmong(kind, kinds))
  return 'noneOf' in kinds && kinds.noneOf.every((kind) => part.noneOf.includes(kind))
}

/** Whether two selections have the same kinds. */
export function areSameKinds(one: Kinds, other: Kinds): boolean {
  return hasKinds(one, other) && hasKinds(other, one)
}

/** Whether a kind is in a selection. */
export function isAmong(kind: number, kinds: Kinds): boolean {
  return 'anyOf' in kinds ? kinds.anyOf.includes(kind) : !kinds.noneOf.includes(kind)
}
