import { z } from 'zod'
import { ENTITY_CLASSES } from '../names/entity-class.ts'
import { isSnowflake } from '../snowflake.ts'

const snowflake = z.string().refine(isSnowflake)

const kindsSchema = z.union([z.object({ anyOf: z.array(z.int()) }), z.object({ noneOf: z.array(z.int()) })])

/** Which kinds of entries are meant: these, or all but these. */
export type Kinds = z.infer<typeof kindsSchema>

/** Which entries of a guild's log are meant. A field that is absent does not narrow. */
export const filterSchema = z.object({
  executorId: snowflake.optional(),
  /** Who is credited with what bots did for them. */
  onBehalfOfId: snowflake.optional(),
  /** The entry's `target_id`, a snowflake in all but the oddest entries. */
  targetId: z.string().optional(),
  /** The class of what that id names; absent for anything that has the id. */
  targetType: z.enum(ENTITY_CLASSES).optional(),
  kinds: kindsSchema.optional(),
  channelId: snowflake.optional(),
  /** The first id that belongs. */
  from: snowflake.optional(),
  /** The first id past those that belong. */
  to: snowflake.optional(),
  /** A text the reason contains, in any case. */
  reason: z.string().optional(),
})

/** A filter as `filterSchema` reads it. */
export type Filter = z.infer<typeof filterSchema>

/** The kinds that both include. */
export function bothKinds(one: Kinds, other: Kinds): Kinds {
  if ('anyOf' in one) return { anyOf: one.anyOf.filter((kind) => isAmong(kind, other)) }
  if ('anyOf' in other) return bothKinds(other, one)
  return { noneOf: [...new Set([...one.noneOf, ...other.noneOf])] }
}

function isAmong(kind: number, kinds: Kinds): boolean {
  return 'anyOf' in kinds ? kinds.anyOf.includes(kind) : !kinds.noneOf.includes(kind)
}
