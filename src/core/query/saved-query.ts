import { z } from 'zod'
import { firstIdAt, idAfter, isSnowflake, minId, type Snowflake, timeOf } from '../snowflake.ts'
import { type Filter, filterSchema } from './filter.ts'
import type { Target } from './target.ts'

const snowflake = z.string().refine(isSnowflake)

/**
 * What was asked, with every name and time already understood. The archive keeps it, so that a page can be
 * turned after a restart and the list stays as it was asked while new entries arrive.
 */
export const savedQuerySchema = z.object({
  /** The subcommand that answers it. */
  command: z.string(),
  guildId: snowflake,
  askerId: snowflake,
  /** When it was asked, in milliseconds since the Unix epoch. */
  askedAt: z.int(),
  filter: filterSchema,
  order: z.enum(['newest', 'oldest']),
  /** How many entries the whole list may show; absent for all. */
  limit: z.int().positive().optional(),
  /** The newest entry held when it was asked; absent while nothing was held. */
  asOf: snowflake.optional(),
  /** Up to where the log was known when it was asked; absent in what an older version kept. */
  knownTo: snowflake.optional(),
  /** Of repeats: how often a target has to have been hit. */
  min: z.int().positive().optional(),
  /** Of activity: whose members are listed, and whether bots are. */
  roleId: snowflake.optional(),
  bots: z.boolean().optional(),
  /** Whether the asker was let in by the guild's own settings for the command, without View Audit Log. */
  letIn: z.literal(true).optional(),
  /** Of an export. */
  format: z.enum(['csv', 'json', 'ndjson']).optional(),
})

/** A question as it was asked, and kept for the buttons under its answer. */
export type SavedQuery = z.infer<typeof savedQuerySchema>

/** Who asked a question, and where. */
export type Asker = Pick<SavedQuery, 'guildId' | 'askerId'>

/** A question as it was typed: its target may be a name still, and nothing says yet what the archive holds. */
export interface QueryDraft
  extends Omit<SavedQuery, 'command' | 'guildId' | 'askerId' | 'askedAt' | 'asOf' | 'knownTo' | 'letIn'> {
  readonly on?: Target
  /** How far back the log has to be read for it; as far as its window reaches, unless this says otherwise. */
  readonly syncBackTo?: Snowflake | 'nothing'
  /** Whether everyone in the channel sees the answer. */
  readonly public: boolean
}

/** The same question, but of the last so many days. */
export function withinDays(question: SavedQuery, days: number, now: number): QueryDraft {
  const {
    command: _command,
    guildId: _guildId,
    askerId: _askerId,
    askedAt: _askedAt,
    asOf: _asOf,
    knownTo: _knownTo,
    letIn: _letIn,
    ...query
  } = question
  const { from: _from, to: _to, ...filter } = question.filter
  return { ...query, filter: { ...filter, from: firstIdAt(now - days * 86_400_000) }, public: false }
}

/** The question's filter, held to the entries that were there when it was asked. */
export function filterOf({ filter, asOf }: SavedQuery): Filter {
  const end = asOf === undefined ? '0' : idAfter(asOf)
  return { ...filter, to: filter.to === undefined ? end : minId(filter.to, end) }
}

/** Whether a question goes when a guild is forgotten up to an id, or one member who may have asked it. */
export function isForgottenWith(
  query: SavedQuery,
  guildId: Snowflake,
  upTo: Snowflake,
  memberId: Snowflake | undefined,
): boolean {
  if (query.guildId !== guildId) return false
  return memberId === undefined ? query.askedAt <= timeOf(upTo) : query.askerId === memberId
}
