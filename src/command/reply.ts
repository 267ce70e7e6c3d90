export type { Reply } from '../view/reply.ts'

/**
 * How an interaction is answered: with a new message that only the member sees, with a new message that everyone in the
 * channel sees, or by updating the message that the component is on.
 */
export type ReplyMode = 'ephemeral' | 'public' | 'update'
