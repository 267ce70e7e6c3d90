import { z } from 'zod'
import { FAULT_NAMES, GUILD_ACTION_NAMES } from './guild-actions.ts'

// What the page asks of the sandbox, each by POST to `/api/<key>`, and what is answered.

const id = z.string().regex(/^\d{15,21}$/)
const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
/** Who is at the keyboard, and in which channel. */
const seat = { as: id, channel: id }

export const requests = {
  command: z.object({ ...seat, path: z.string(), values }),
  autocomplete: z.object({ ...seat, path: z.string(), option: z.string(), text: z.string(), values }),
  menuOnUser: z.object({ ...seat, name: z.string(), target: id }),
  menuOnMessage: z.object({ ...seat, name: z.string(), target: id }),
  button: z.object({ ...seat, message: id, label: z.string() }),
  choice: z.object({ ...seat, message: id, value: z.string() }),
  say: z.object({ ...seat, text: z.string().min(1).max(2000) }),
  remove: z.object({ ...seat, message: id }),
  act: z.object({
    who: id,
    what: z.enum(GUILD_ACTION_NAMES),
    whom: id.optional(),
    channel: id.optional(),
    role: id.optional(),
    count: z.int().min(1).max(100).optional(),
    reason: z.string().max(512).optional(),
  }),
  pass: z.object({
    hours: z
      .int()
      .min(1)
      .max(24 * 31),
  }),
  fault: z.object({ what: z.enum(FAULT_NAMES), on: z.boolean() }),
  drop: z.object({}),
} as const

export type Requests = { readonly [Name in keyof typeof requests]: z.infer<(typeof requests)[Name]> }

/** What came of something that was asked; `wrong` is what a client says before it sends anything. */
export type RequestResult =
  | { readonly type: 'done' }
  | { readonly type: 'wrong'; readonly why: string; readonly option?: string | undefined }
  | { readonly type: 'unanswered' }
  | { readonly type: 'choices'; readonly choices: readonly Choice[] }

export interface Choice {
  readonly name: string
  readonly value: string | number
}
