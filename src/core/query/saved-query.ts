import { z } from 'zod'
import { timeZoneOf } from '../guild-settings.ts'
import { idAfter, minId, type Snowflake, timeOf } from '../snowflake.ts'
import { watchDraftSchema } from '../watch/watch.ts'
import { type Filter, filterSchema, snowflake } from './filter.ts'
import type { Target } from './target.ts'

/** What a member asks for, with every name and time resolved. */
const queryFields = z.object({
  filter: filterSchema,
  order: z.enum(['newest', 'oldest']),
  /** The maximum number of entries in the whole list; absent for all. */
  limit: z.int().positive().optional(),
  /** For repeats: the minimum number of times. */
  min: z.int().positive().optional(),
  /** For activity: the role whose members are listed, and whether bots are included. */
  roleId: snowflake.optional(),
  bots: z.boolean().optional(),
  /** The entry that the list is about, which it marks. */
  aroundId: snowflake.optional(),
  /** For settings: the time zone to set, an IANA name. */
  newTimeZone: z.string().optional(),
  /** For a feed to add: the channel that it posts in. It posts what matches the filter. */
  feedTo: snowflake.optional(),
  /** For an alert or a digest to add. */
  newWatch: watchDraftSchema.optional(),
  /** For a feed, alert or digest to remove: its number. */
  watchNumber: z.int().positive().optional(),
  /** For export. */
  format: z.enum(['csv', 'json', 'ndjson']).optional(),
})

/**
 * A query that a member ran. The archive stores it as JSON, so that the buttons under an answer work after a restart and
 * its list stays the same while new entries arrive.
 */
export const savedQuerySchema = queryFields.extend({
  /** The path of the subcommand that answers it, such as `audit recent`. */
  command: z.string(),
  guildId: snowflake,
  askerId: snowflake,
  /** When it was run, in milliseconds since the Unix epoch. */
  askedAt: z.int(),
  /** The guild's time zone when it was run, an IANA name: what its days are and how its times are shown. */
  timeZone: z
    .string()
    .default('UTC')
    .transform((timeZone) => timeZoneOf({ timeZone })),
  /** The newest entry stored when it was run; absent where there was none. */
  asOf: snowflake.optional(),
  /** The end of the coverage when it was run; absent in queries that an older version stored. */
  knownTo: snowflake.optional(),
  /** When its counts were read, in milliseconds since the Unix epoch; absent if they were right when it was run. */
  countsAsOf: z.int().optional(),
  /** Set where the member lacks View Audit Log and the guild's command permissions allow the command. */
  letIn: z.literal(true).optional(),
})

export type SavedQuery = z.infer<typeof savedQuerySchema>

/** The member who ran a query, and the guild they ran it in. */
export type Asker = Pick<SavedQuery, 'guildId' | 'askerId'>

/** Who ran a query where, and by which command. */
export type RunQuery = Pick<SavedQuery, keyof Asker | 'command'>

/** A query as a member typed it: its target may be a name that is not resolved yet. */
export interface QueryDraft extends z.infer<typeof queryFields> {
  readonly on?: Target
  /** For an alert to add: whose actions it does not count, by names that are not resolved yet. */
  readonly exempt?: string
  /** How far back the log is synced before the answer: to the start of the window where absent. */
  readonly syncBackTo?: Snowflake | 'none'
  /** Whether everyone in the channel sees the answer. */
  readonly public: boolean
}

/** What a query asks for, as a draft to run again, with an answer that only the member sees. */
export function draftOf(query: SavedQuery): QueryDraft {
  return { ...queryFields.parse(query), public: false }
}

/** The filter of a query, limited to entries that were stored when it was run. */
export function filterOf({ filter, asOf }: SavedQuery): Filter {
  const end = asOf === undefined ? '0' : idAfter(asOf)
  return { ...filter, to: filter.to === undefined ? end : minId(filter.to, end) }
}

/** Whether a query is erased together with a guild's entries up to an id, or with the member who ran it. */
export function isForgottenWith(
  query: SavedQuery,
  guildId: Snowflake,
  upTo: Snowflake,
  memberId: Snowflake | undefined,
): boolean {
  if (query.guildId !== guildId) return false
  return memberId === undefined ? query.askedAt <= timeOf(upTo) : query.askerId === memberId
}
