import { z } from 'zod'
import { snowflake } from './query/filter.ts'
import type { Snowflake } from './snowflake.ts'
import { watchDraftSchema } from './watch/watch.ts'

/** What a member had Custos do, beyond answering. It is parsed from the archive's JSON. */
export const operationDetailSchema = z.discriminatedUnion('type', [
  /** They set the guild's time zone. */
  z.object({ type: z.literal('time zone'), timeZone: z.string() }),
  /** They exported so many entries. */
  z.object({ type: z.literal('export'), entries: z.int(), format: z.enum(['csv', 'json', 'ndjson']) }),
  /** They erased so many entries of the guild or, with `memberId`, the texts in so many entries of one member. */
  z.object({ type: z.literal('erasure'), entries: z.int(), memberId: snowflake.optional() }),
  /** They added or removed the feed, alert or digest with a number. */
  z.object({
    type: z.enum(['watch added', 'watch removed']),
    number: z.int(),
    watch: watchDraftSchema,
  }),
])

export type OperationDetail = z.infer<typeof operationDetailSchema>

/** What a member had Custos do, who, and when. The archive keeps the newest of each type. */
export interface Operation {
  /** The id of the interaction that asked for it. Its time is when that was. */
  readonly id: Snowflake
  readonly by: Snowflake
  readonly detail: OperationDetail
}
