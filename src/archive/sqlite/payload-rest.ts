import { isDeepStrictEqual } from 'node:util'
import { type EntryPayload, isRecord } from '../../core/audit-log/entry.ts'

/**
 * What is left of a payload when the part that is held elsewhere is taken away, as compact JSON.
 * `restore` puts the two together again, exactly.
 */
export function subtractPayload(payload: EntryPayload, held: EntryPayload): string {
  const wrong = Object.keys(held).filter(
    (key) => !(Object.hasOwn(payload, key) && fits(payload[key], held[key])),
  )
  const rest = beyond(payload, without(held, wrong))
  return JSON.stringify(wrong.length > 0 ? [rest, wrong] : [rest])
}

/** The whole payload, from the part that is held elsewhere and what `subtract` left. */
export function restorePayload(held: EntryPayload, remainder: string): EntryPayload {
  const [rest, wrong]: [EntryPayload, string[]?] = JSON.parse(remainder)
  return joined(wrong ? without(held, wrong) : held, rest)
}

/** Whether nothing would have to be taken away from what is held to make it the whole. */
function fits(whole: unknown, held: unknown): boolean {
  if (!isRecord(whole) || !isRecord(held)) return true
  return Object.keys(held).every((key) => Object.hasOwn(whole, key) && fits(whole[key], held[key]))
}

function without(held: EntryPayload, keys: readonly string[]): EntryPayload {
  return Object.fromEntries(Object.entries(held).filter(([key]) => !keys.includes(key)))
}

function beyond(whole: EntryPayload, held: EntryPayload): EntryPayload {
  const differing = Object.entries(whole).filter(([key, value]) => !isDeepStrictEqual(value, own(held, key)))
  return Object.fromEntries(
    differing.map(([key, value]) => {
      const heldValue = own(held, key)
      return [key, isRecord(value) && isRecord(heldValue) ? beyond(value, heldValue) : value]
    }),
  )
}

function joined(held: EntryPayload, rest: EntryPayload): EntryPayload {
  const added = Object.entries(rest).map(([key, value]) => {
    const heldValue = own(held, key)
    return [key, isRecord(value) && isRecord(heldValue) ? joined(heldValue, value) : value] as const
  })
  return Object.fromEntries([...Object.entries(held), ...added])
}

/** A field by its name, which may be one that every object inherits, such as `__proto__`. */
function own(payload: EntryPayload, key: string): unknown {
  return Object.hasOwn(payload, key) ? payload[key] : undefined
}
