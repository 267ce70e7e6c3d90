import { z } from 'zod'
import type { Modal } from '../world/modal.ts'
import { FAULT_NAMES } from './fault-switches.ts'
import { GUILD_ACTION_NAMES } from './guild-actions.ts'

// The requests that the page sends, each as a POST to `/api/<key>`, and their results.

const id = z.string().regex(/^\d{15,21}$/)
const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
/** The member who sends a request, and the channel they are in. */
const sender = { as: id, channel: id }

export const requests = {
  command: z.object({ ...sender, path: z.string(), values }),
  autocomplete: z.object({ ...sender, path: z.string(), option: z.string(), text: z.string(), values }),
  menuOnUser: z.object({ ...sender, name: z.string(), target: id }),
  menuOnMessage: z.object({ ...sender, name: z.string(), target: id }),
  button: z.object({ ...sender, message: id, label: z.string() }),
  submit: z.object({ ...sender, modal: id, texts: z.record(z.string(), z.string()) }),
  choice: z.object({ ...sender, message: id, value: z.string() }),
  say: z.object({ ...sender, text: z.string().min(1).max(2000) }),
  remove: z.object({ ...sender, message: id }),
  act: z.object({
    actor: id,
    action: z.enum(GUILD_ACTION_NAMES),
    member: id.optional(),
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
  fault: z.object({ name: z.enum(FAULT_NAMES), on: z.boolean() }),
  drop: z.object({}),
  raid: z.object({}),
} as const

export type Requests = { readonly [Name in keyof typeof requests]: z.infer<(typeof requests)[Name]> }

/**
 * `rejected` is what a Discord client says instead of sending something, and the option or input that it marks. `modal` is
 * what it shows when the bot answers with one.
 */
export type RequestResult =
  | { readonly type: 'done' }
  | { readonly type: 'rejected'; readonly message: string; readonly option?: string | undefined }
  | { readonly type: 'modal'; readonly modal: ModalView }
  | { readonly type: 'unanswered' }
  | { readonly type: 'choices'; readonly choices: readonly Choice[] }

export const DONE: RequestResult = { type: 'done' }

/** A modal, under an id that it is submitted with. */
export interface ModalView extends Pick<Modal, 'title' | 'inputs'> {
  readonly id: string
}

export interface Choice {
  readonly name: string
  readonly value: string | number
}
