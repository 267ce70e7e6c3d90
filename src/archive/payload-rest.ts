import { isDeepStrictEqual } from 'node:util'
import type { EntryPayload } from '../core/audit-log/entry.ts'
import { isRecord } from '../core/json.ts'

/**
 * The part of a payload that is not stored in columns, as compact JSON, for `restorePayload`. The JSON is `[rest]`, or
 * `[rest, wrong]` with the names of the stored fields that the payload does not have.
 */
export function subtractPayload(payload: EntryPayload, stored: EntryPayload): string {
  const wrong = Object.keys(stored).filter(
    (key) => !(Object.hasOwn(payload, key) && isWithin(payload[key], stored[key])),
  )
  const rest = differenceOf(payload, without(stored, wrong))
  return JSON.stringify(wrong.length > 0 ? [rest, wrong] : [rest])
}

/** The whole payload, exactly, from the part that is stored in columns and the JSON of `subtractPayload`. */
export function restorePayload(stored: EntryPayload, payloadRest: string): EntryPayload {
  const [rest, wrong]: [EntryPayload, string[]?] = JSON.parse(payloadRest)
  return merge(wrong ? without(stored, wrong) : stored, rest)
}

/** Whether every stored field, at any depth, is a field of the whole. */
function isWithin(whole: unknown, stored: unknown): boolean {
  if (!isRecord(whole) || !isRecord(stored)) return true
  return Object.keys(stored).every((key) => Object.hasOwn(whole, key) && isWithin(whole[key], stored[key]))
}

function without(payload: EntryPayload, keys: readonly string[]): EntryPayload {
  return Object.fromEntries(Object.entries(payload).filter(([key]) => !keys.includes(key)))
}

/** The fields of the whole that are not stored, or stored with another value. */
function differenceOf(whole: EntryPayload, stored: EntryPayload): EntryPayload {
  const differing = Object.entries(whole).filter(
    ([key, value]) => !isDeepStrictEqual(value, own(stored, key)),
  )
  return Object.fromEntries(
    differing.map(([key, value]) => {
      const storedValue = own(stored, key)
      return [key, isRecord(value) && isRecord(storedValue) ? differenceOf(value, storedValue) : value]
    }),
  )
}

function merge(stored: EntryPayload, rest: EntryPayload): EntryPayload {
  const added = Object.entries(rest).map(([key, value]) => {
    const storedValue = own(stored, key)
    return [key, isRecord(value) && isRecord(storedValue) ? merge(storedValue, value) : value] as const
  })
  return Object.fromEntries([...Object.entries(stored), ...added])
}

/** An own field: a payload may have one with a name that every object inherits, such as `__proto__`. */
function own(payload: EntryPayload, key: string): unknown {
  return Object.hasOwn(payload, key) ? payload[key] : undefined
}
