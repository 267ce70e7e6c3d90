import fc from 'fast-check'
import { type Filter, filterSchema } from '../../../src/core/query/filter.ts'
import type { Slice } from '../../../src/core/query/slice.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { namedEntity, observationOf } from './names.ts'
import { A_BOT } from './plain-answers.ts'

const DAY = 86_400_000
const FIRST_DAY = Date.UTC(2026, 10, 20)
const DAYS = 5

const USERS = ['0', '101', A_BOT, '9007199254740993']
const CHANNELS = ['201', '202', '1564446472273922735']
const TYPES = [1, 12, 20, 21, 24, 25, 26, 72, 73, 999]
const KINDS = [...TYPES, -1, -3, -4, -5, 22]
const REASONS = ['Spam', 'spam links', 'ÄRGER im Kanal', '100% sure', 'no_reason', 'It’s "fine"', '']
const PARTS = ['spam', 'S', 'är', 'Är', '%', '_', '"', 'nothing of the kind', '']

/** Times within a few days, many of them at the start or end of a day. */
const anyMoment = fc
  .tuple(fc.nat(DAYS), fc.oneof(fc.constantFrom(-1, 0, 1), fc.nat(DAY)))
  .map(([day, past]) => FIRST_DAY + day * DAY + past)

const anyId = fc
  .tuple(anyMoment, fc.nat(2))
  .map(([moment, serial]) => String(BigInt(firstIdAt(moment)) + BigInt(serial)))

/** Payloads with few different values, so that filters match some and counts have ties. */
export const anyPayload = fc.record(
  {
    id: anyId,
    action_type: fc.constantFrom(...TYPES),
    user_id: fc.constantFrom(...USERS, null),
    target_id: fc.constantFrom(...USERS, ...CHANNELS, 'invite-code', null),
    reason: fc.constantFrom(...REASONS),
    options: fc.record(
      { channel_id: fc.constantFrom(...CHANNELS), count: fc.integer({ min: 1, max: 5 }).map(String) },
      { requiredKeys: [] },
    ),
    changes: fc.constant([{ key: 'communication_disabled_until', new_value: '2026-11-24T12:00:00Z' }]),
  },
  { requiredKeys: ['id', 'action_type'] },
)

/** A log of a few days. */
export const anyLog = fc.uniqueArray(anyPayload, { selector: ({ id }) => id, maxLength: 40, size: 'max' })

/** Observes that one of the users is a bot. */
export const BOT_AMONG_USERS = [observationOf(namedEntity(A_BOT, 'bot', 'Warden'))]

const dailyFields = {
  executorId: fc.constantFrom(...USERS),
  withoutBots: fc.constant(true),
  kinds: fc.oneof(fc.record({ anyOf: fc.subarray(KINDS) }), fc.record({ noneOf: fc.subarray(KINDS) })),
  from: anyId,
  to: anyId,
}

const fields = {
  ...dailyFields,
  targetId: fc.constantFrom(...USERS, ...CHANNELS, 'invite-code'),
  targetType: fc.constantFrom('guild', 'user', 'channel', 'role', 'webhook'),
  channelId: fc.constantFrom(...CHANNELS),
  reason: fc.constantFrom(...PARTS),
}

/** A filter that daily sums can answer: time, executor, without bots, and kinds. */
export const anyDailyFilter = filterOf(dailyFields)

/** A filter with up to three fields. */
export const anyFilter = filterOf(fields)

/** At most three fields, because more would match almost nothing. */
function filterOf(all: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Filter> {
  const someKeys = fc.subarray(Object.keys(all), { maxLength: 3 })
  return fc.tuple(fc.record(all), someKeys).map(([values, keys]) => {
    const chosen = Object.entries(values).filter(([key]) => keys.includes(key))
    return filterSchema.parse(Object.fromEntries(chosen))
  })
}

export const anySlice: fc.Arbitrary<Slice> = fc.record({
  order: fc.constantFrom('newest', 'oldest'),
  limit: fc.integer({ min: 1, max: 15 }),
  past: fc.option(anyId, { nil: undefined }),
  skip: fc.option(fc.nat(30), { nil: undefined }),
})
