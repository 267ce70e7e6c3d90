import type { Change } from './change.ts'
import { type Entry, isRecord, type RawChange } from './entry.ts'
import { listOf, type Reader } from './readers.ts'
import { NONE, raw, type Value, words } from './value.ts'

/** Reads one change as Discord sent it. What it says may depend on the entry around it. */
export type Decode = (change: RawChange, label: Value, entry: Entry) => Change[]

/** What was before and what is after, each by the reader; what the reader does not understand, as it was sent. */
export function sides(reads: Reader): Decode {
  return (change, label) => [{ ...bothSides(reads, change, label), did: 'set' }]
}

export function bothSides(reads: Reader, { key, old_value, new_value }: RawChange, label: Value) {
  return { key, label, before: readBy(reads, old_value), after: readBy(reads, new_value) }
}

function readBy(reads: Reader, sent: unknown): Value {
  return isSet(sent) ? (reads(sent) ?? raw(sent)) : NONE
}

/** A list that is sent whole on both sides: what was added to it, and what removed. */
export function lists(reads: Reader): Decode {
  return (change, label, entry) => {
    const [before, after] = [itemsOf(change.old_value), itemsOf(change.new_value)]
    if (!before || !after) return sides(reads)(change, label, entry)
    const [was, is] = [new Set(before.map(identity)), new Set(after.map(identity))]
    const added = after.filter((item) => !was.has(identity(item))).map((item) => readBy(reads, item))
    const removed = before.filter((item) => !is.has(identity(item))).map((item) => readBy(reads, item))
    const itemwise = listOf((item) => readBy(reads, item))
    return [{ ...bothSides(itemwise, change, label), did: 'listed', added, removed }]
  }
}

/** What was added to a list, or removed from it: Discord sends either as the new value. */
export function partOfList(does: 'added' | 'removed', reads: Reader): Decode {
  return (change, label, entry) => {
    const items = itemsOf(change.new_value ?? change.old_value)
    const oneSided = !isSet(change.new_value) || !isSet(change.old_value)
    if (!items || !oneSided) return sides(listOf((item) => readBy(reads, item)))(change, label, entry)
    const read = items.map((item) => readBy(reads, item))
    const [added, removed] = does === 'added' ? [read, []] : [[], read]
    const asList = (some: readonly Value[]): Value => (some.length > 0 ? { is: 'list', items: some } : NONE)
    return [
      {
        key: change.key,
        label,
        before: asList(removed),
        after: asList(added),
        did: 'listed',
        added,
        removed,
      },
    ]
  }
}

/** An image: its hash says nothing, but whether there is one. */
export const pictured: Decode = (change, label) => [
  { ...bothSides(() => words('an image'), change, label), did: 'pictured' },
]

/** An object, each of whose fields is a change of its own; fields that stayed the same are none. */
export function fields(decodeField: (change: RawChange, entry: Entry) => Change[]): Decode {
  return (change, label, entry) => {
    const [before, after] = [change.old_value ?? {}, change.new_value ?? {}]
    if (!isRecord(before) || !isRecord(after)) return sides(raw)(change, label, entry)
    const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((key) => isSet(before[key]) || isSet(after[key]))
      .filter((key) => identity(before[key]) !== identity(after[key]))
      .flatMap((key) => decodeField({ key, old_value: before[key], new_value: after[key] }, entry))
    return changed.length > 0 ? changed : sides(rawUnlessEmpty)(change, label, entry)
  }
}

function rawUnlessEmpty(sent: unknown): Value {
  return isRecord(sent) && !Object.values(sent).some(isSet) ? NONE : raw(sent)
}

function itemsOf(sent: unknown): readonly unknown[] | undefined {
  if (!isSet(sent)) return []
  return Array.isArray(sent) ? sent : undefined
}

function isSet(sent: unknown): boolean {
  return sent !== undefined && sent !== null && sent !== ''
}

/** Items that read the same are the same, in whatever order Discord sends their fields. */
function identity(item: unknown): string {
  return (
    JSON.stringify(item, (_, value) =>
      isRecord(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    ) ?? ''
  )
}
