import { z } from 'zod'
import { snowflake } from '../query/filter.ts'
import { type Snowflake, timeOf } from '../snowflake.ts'
import { MINUTE } from '../time/units.ts'

/** What a post shows. The archive stores it as JSON. Times are in milliseconds since the Unix epoch. */
export const postContentSchema = z.discriminatedUnion('type', [
  /** Entries, one by one. */
  z.object({ type: z.literal('entries'), ids: z.array(snowflake).nonempty() }),
  /** Many entries in a few numbers. */
  z.object({
    type: z.literal('summary'),
    /** `flood`: too many in a short time. `away`: they came when Custos could not post. */
    reason: z.enum(['flood', 'away']),
    /** The first and the last entry. */
    from: snowflake,
    to: snowflake,
    /** When the last of them came. */
    lastAt: z.number(),
    /** Whether more entries are added to it. */
    isOpen: z.boolean(),
    /** Whether it is closed although more entries come, which other posts show. */
    goesOn: z.boolean().optional(),
  }),
  /** The actions that an alert warns of. */
  z.object({
    type: z.literal('burst'),
    /** Whose actions, or the target's id; null for the whole server. */
    key: z.string().nullable(),
    from: snowflake,
    to: snowflake,
    lastAt: z.number(),
    isOpen: z.boolean(),
  }),
  /** Custos cannot read the log. */
  z.object({ type: z.literal('unreadable'), since: z.number(), until: z.number().optional() }),
  /** The report on a period. */
  z.object({
    type: z.literal('digest'),
    from: z.number(),
    to: z.number(),
    /** How many periods before it were not reported, because nothing could be posted. */
    skipped: z.int(),
  }),
])

export type PostContent = z.infer<typeof postContentSchema>

/** How far a post has come. */
export type Delivery =
  /** It was not sent yet. */
  | { readonly type: 'planned' }
  /** It was sent for the first time at a moment, and whether it arrived is not known. */
  | { readonly type: 'attempted'; readonly at: number }
  /** It is at Discord; `isChanged` until what has changed since is edited in. */
  | { readonly type: 'sent'; readonly messageId: Snowflake; readonly isChanged: boolean }
  /** It needs nothing more: its message was deleted, or everything it would show is erased. */
  | { readonly type: 'dropped' }

/** A message that a watch posts. It is stored before it is sent, so that it is sent once whatever happens. */
export interface Post {
  /** The number of the watch. */
  readonly watch: number
  /** Its number among the posts of the watch, from 1. */
  readonly number: number
  /** It shows matching arrivals after this one… */
  readonly after: number
  /** … and up to this one. */
  readonly to: number
  readonly content: PostContent
  readonly delivery: Delivery
}

/** What is older when it is posted is late, in milliseconds. */
export const LATE = 5 * MINUTE

/**
 * Whether a post is about something late. What was late when it was sent is late when it is edited.
 * @param at when that was, in milliseconds since the Unix epoch, like `now`
 */
export function isLate({ delivery }: Post, at: number, now: number): boolean {
  const postedAt = delivery.type === 'sent' ? timeOf(delivery.messageId) : now
  return postedAt - at > LATE
}

/** A post that has changed: that is edited in if it was sent; otherwise it is sent as it is then. */
export function markChanged<Marked extends Post>(post: Marked): Marked {
  const { delivery } = post
  return delivery.type === 'sent' ? { ...post, delivery: { ...delivery, isChanged: true } } : post
}
