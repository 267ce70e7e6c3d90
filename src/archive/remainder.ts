import { isDeepStrictEqual } from 'node:util'
import { type EntryPayload, isRecord } from '../core/entry.ts'

/**
 * What is left of a payload when the part that is held elsewhere is taken away, as compact JSON.
 * `restore` puts the two together again, exactly.
 */
export function subtract(payload: EntryPayload, held: EntryPayload): string {
  const absent = Object.keys(held).filter((key) => !Object.hasOwn(payload, key))
  const rest = beyond(payload, held)
  return JSON.stringify(absent.length > 0 ? [rest, absent] : [rest])
}

export function restore(held: EntryPayload, remainder: string): EntryPayload {
  const [rest, absent]: [EntryPayload, string[]?] = JSON.parse(remainder)
  const whole = joined(held, rest)
  return absent ? Object.fromEntries(Object.entries(whole).filter(([key]) => !absent.includes(key))) : whole
}

function beyond(whole: EntryPayload, held: EntryPayload): EntryPayload {
  const differing = Object.entries(whole).filter(([key, value]) => !isDeepStrictEqual(value, held[key]))
  return Object.fromEntries(
    differing.map(([key, value]) => {
      const heldValue = held[key]
      return [key, isRecord(value) && isRecord(heldValue) ? beyond(value, heldValue) : value]
    }),
  )
}

function joined(held: EntryPayload, rest: EntryPayload): EntryPayload {
  const added = Object.entries(rest).map(([key, value]) => {
    const heldValue = held[key]
    return [key, isRecord(value) && isRecord(heldValue) ? joined(heldValue, value) : value] as const
  })
  return Object.fromEntries([...Object.entries(held), ...added])
}
