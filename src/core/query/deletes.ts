import { AuditLogEvent } from 'discord-api-types/v10'
import type { Kinds } from './filter.ts'
import { type Sum, sumOf, type Tally } from './tally.ts'

const { MessageDelete, MessageBulkDelete } = AuditLogEvent

/** Deletes of messages, and those of them whose author is known: a bulk delete does not say whose messages it removed. */
export const DELETES = { anyOf: [MessageDelete, MessageBulkDelete] } satisfies Kinds
export const SINGLE_DELETES = { anyOf: [MessageDelete] } satisfies Kinds

/** The deletes among some counts. */
export interface DeleteTotals extends Sum {
  /** How many of the messages were deleted in bulk. */
  readonly bulk: number
}

/** Adds up deletes, from their counts by kind. */
export function deleteTotals(kinds: readonly Tally<number>[]): DeleteTotals {
  return { ...sumOf(kinds), bulk: sumOf(kinds.filter(({ key }) => key === MessageBulkDelete)).units }
}
