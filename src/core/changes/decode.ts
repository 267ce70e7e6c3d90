import type { Entry, RawChange } from '../audit-log/entry.ts'
import { isRecord } from '../json.ts'
import type { Change } from './change.ts'
import { identity, listDiff } from './list-diff.ts'
import { listOf, type Reader } from './readers/readers.ts'
import { isSet, NONE, phrase, raw, text, type Value, words } from './value.ts'

/** Reads one change as Discord sent it. What it says may depend on the entry around it. */
export type Decode = (change: RawChange, label: Value, entry: Entry) => Change[]

/** What was before and what is after, each by the reader; what the reader does not understand, as it was sent. */
export function sides(reads: Reader): Decode {
  return (change, label) => [{ ...bothSides(reads, change, label), did: 'set' }]
}

/** The parts that every kind of change has: what it is of, and what was before and after. */
export function bothSides(reads: Reader, { key, old_value, new_value }: RawChange, label: Value) {
  return { key, label, before: readBy(reads, old_value), after: readBy(reads, new_value) }
}

function readBy(reads: Reader, sent: unknown): Value {
  return isSet(sent) ? (reads(sent) ?? raw(sent)) : NONE
}

/** How a change within an object of a list is told. */
export interface Within {
  /** The field by which an object is the same before and after. */
  readonly by: string
  readonly decode: Decode
}

/**
 * A list that is sent whole on both sides: what was added to it, and what removed.
 * @param within for a list of objects, so that a changed one is told by what changed within it; without it, it is told
 *   as removed and added
 */
export function lists(reads: Reader, within?: Within): Decode {
  return (change, label, entry) => {
    const [before, after] = [itemsOf(change.old_value), itemsOf(change.new_value)]
    if (!before || !after) return sides(reads)(change, label, entry)
    const { added, removed, changed } = listDiff(before, after, within?.by)
    const parts = changed.flatMap((item) => {
      const ofItem = { key: change.key, old_value: item.before, new_value: item.after }
      return within?.decode(ofItem, label, entry) ?? []
    })
    if (parts.length > 0 && added.length + removed.length === 0) return parts
    const read = (item: unknown) => readBy(reads, item)
    const both = bothSides(listOf(read), change, label)
    return [{ ...both, did: 'listed', added: added.map(read), removed: removed.map(read) }, ...parts]
  }
}

/** What was added to a list, or removed from it: Discord sends either as the new value. */
export function partOfList(does: 'added' | 'removed', reads: Reader): Decode {
  return (change, label, entry) => {
    const items = itemsOf(isSent(change.new_value) ? change.new_value : change.old_value)
    const oneSided = !isSent(change.new_value) || !isSent(change.old_value)
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

/** Reads the change of one field of an object. */
type DecodeField = (change: RawChange, entry: Entry) => Change[]

/** An object, each of whose fields is a change of its own; fields that stayed the same are none. */
export function fields(decodeField: DecodeField): Decode {
  return (change, label, entry) => {
    const [before, after] = [change.old_value ?? {}, change.new_value ?? {}]
    if (!isRecord(before) || !isRecord(after)) return sides(raw)(change, label, entry)
    const changed = changedFields(before, after, entry, decodeField)
    return changed.length > 0 ? changed : sides(rawUnlessEmpty)(change, label, entry)
  }
}

/** An object in a list, each of whose fields is a change of its own, under the name of the object. */
export function namedFields(nameKey: string, decodeField: DecodeField): Decode {
  return ({ old_value: before, new_value: after }, _, entry) => {
    if (!isRecord(before) || !isRecord(after)) return []
    const name = after[nameKey] ?? before[nameKey]
    return changedFields(before, after, entry, decodeField).map((change) => ({
      ...change,
      label: typeof name === 'string' ? labelWithin(name, change.label) : change.label,
    }))
  }
}

/** The name of an object and the label of its field; of a field without a label, the name alone. */
function labelWithin(name: string, label: Value): Value {
  return label.is === 'words' && label.words === '' ? text(name) : phrase(text(`“${name}”`), label)
}

type Fields = Readonly<Record<string, unknown>>

function changedFields(before: Fields, after: Fields, entry: Entry, decodeField: DecodeField): Change[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => isSent(before[key]) || isSent(after[key]))
    .filter((key) => identity(before[key]) !== identity(after[key]))
    .flatMap((key) => decodeField({ key, old_value: before[key], new_value: after[key] }, entry))
}

/** Whether a field has a value. An empty list is one. */
function isSent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}

function rawUnlessEmpty(sent: unknown): Value {
  return isRecord(sent) && !Object.values(sent).some(isSet) ? NONE : raw(sent)
}

function itemsOf(sent: unknown): readonly unknown[] | undefined {
  if (!isSet(sent)) return []
  return Array.isArray(sent) ? sent : undefined
}
