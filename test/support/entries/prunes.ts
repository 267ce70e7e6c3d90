import fc from 'fast-check'
import { firstIdAt } from '../../../src/core/snowflake.ts'

export const NOON = Date.UTC(2026, 10, 24, 12)
const MINUTE = 60_000

/** The payload of a prune, the given number of minutes after noon. */
export function prune(
  minutes: number,
  user_id: string | null,
  { days = 7, removed = 1000 }: { days?: number | null; removed?: number | null } = {},
) {
  return {
    id: firstIdAt(NOON + minutes * MINUTE),
    action_type: 21,
    user_id,
    target_id: null,
    options: {
      ...(days !== null && { delete_member_days: String(days) }),
      ...(removed !== null && { members_removed: String(removed) }),
    },
  }
}

const anyPrune = fc
  .record({
    minutes: fc.oneof(fc.nat(30), fc.nat(500)),
    user: fc.constantFrom('1', '2', '3', '4', '5', null),
    days: fc.constantFrom(7, 7, 7, 30, null),
    removed: fc.constantFrom(1000, 1000, 3, null),
  })
  .map(({ minutes, user, days, removed }) => prune(minutes, user, { days, removed }))

/** Kicks, and invites, which any member may create. Some are days earlier or later. */
const anyOther = fc
  .record({
    minutes: fc.oneof(fc.integer({ min: -20, max: 30 }), fc.integer({ min: -20_000, max: 2500 })),
    action_type: fc.constantFrom(20, 40),
    user_id: fc.constantFrom('4', '5', null),
  })
  .map(({ minutes, ...act }) => ({
    ...act,
    id: String(BigInt(firstIdAt(NOON + minutes * MINUTE)) + 1n),
    target_id: '9',
  }))

const distinct = { selector: ({ id }: { id: string }) => id, maxLength: 25, size: 'max' } as const

/** Prunes within a few hours, many of them only minutes apart, so that every case occurs. */
export const anyPrunes = fc.uniqueArray(anyPrune, distinct)

/** Such prunes, and other actions of the users they name. */
export const anyPrunesAmongOthers = fc.uniqueArray(fc.oneof(anyPrune, anyPrune, anyPrune, anyOther), distinct)
