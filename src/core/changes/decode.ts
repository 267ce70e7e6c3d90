import type { Entry, RawChange } from '../audit-log/entry.ts'
import { hasValue, isRecord } from '../json.ts'
import type { Change } from './change.ts'
import { identity, listDiff } from './list-diff.ts'
import { listOf, type Reader } from './readers/readers.ts'
import { isSet, NONE, phrase, raw, text, type Value, words } from './value.ts'

/** Turns one raw change into changes to show. The result may depend on the rest of the entry. */
export type Decode = (change: RawChange, label: Value, entry: Entry) => Change[]

/** Shows the value before and after. A value that the reader does not understand is shown as Discord sent it. */
export function sides(reads: Reader): Decode {
  return (change, label) => [{ ...bothSides(reads, change, label), type: 'set' }]
}

/** The fields that all types of change have. */
export function bothSides(reads: Reader, { key, old_value, new_value }: RawChange, label: Value) {
  return { key, label, before: readBy(reads, old_value), after: readBy(reads, new_value) }
}

function readBy(reads: Reader, sent: unknown): Value {
  return isSet(sent) ? (reads(sent) ?? raw(sent)) : NONE
}

/** How an object in a list is identified, and how a change of it is decoded. */
interface Within {
  /** The field that identifies an object before and after. */
  readonly by: string
  readonly decode: Decode
}

/**
 * A list that is sent whole on both sides: shows what was added and what was removed.
 * @param within for a list of objects: shows what changed within an object that is on both sides. Without it, such an
 *   object is shown as removed and added.
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
    return [{ ...both, type: 'list', added: added.map(read), removed: removed.map(read) }, ...parts]
  }
}

/** The items that were added to a list, or removed from it. Discord sends either as the new value. */
export function partOfList(part: 'added' | 'removed', reads: Reader): Decode {
  return (change, label, entry) => {
    const items = itemsOf(hasValue(change.new_value) ? change.new_value : change.old_value)
    const oneSided = !hasValue(change.new_value) || !hasValue(change.old_value)
    if (!items || !oneSided) return sides(listOf((item) => readBy(reads, item)))(change, label, entry)
    const read = items.map((item) => readBy(reads, item))
    const [added, removed] = part === 'added' ? [read, []] : [[], read]
    const asList = (some: readonly Value[]): Value => (some.length > 0 ? { type: 'list', items: some } : NONE)
    return [
      {
        key: change.key,
        label,
        before: asList(removed),
        after: asList(added),
        type: 'list',
        added,
        removed,
      },
    ]
  }
}

/** An image, which is sent as a hash: shows only whether there is one. */
export const imageChange: Decode = (change, label) => [
  { ...bothSides(() => words('an image'), change, label), type: 'image' },
]

/** Decodes the change of one field of an object. */
type DecodeField = (change: RawChange, entry: Entry) => Change[]

/** An object: each of its fields that differs becomes a change of its own. */
export function fields(decodeField: DecodeField): Decode {
  return (change, label, entry) => {
    const [before, after] = [change.old_value ?? {}, change.new_value ?? {}]
    if (!isRecord(before) || !isRecord(after)) return sides(raw)(change, label, entry)
    const changed = changedFields(before, after, entry, decodeField)
    return changed.length > 0 ? changed : sides(rawUnlessEmpty)(change, label, entry)
  }
}

/** An object in a list: each of its fields that differs becomes a change, labelled with the object's name. */
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

/** The name of an object and the label of its field; for a field without a label, only the name. */
function labelWithin(name: string, label: Value): Value {
  return label.type === 'words' && label.words === '' ? text(name) : phrase(text(`“${name}”`), label)
}

type Fields = Readonly<Record<string, unknown>>

function changedFields(before: Fields, after: Fields, entry: Entry, decodeField: DecodeField): Change[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => hasValue(before[key]) || hasValue(after[key]))
    .filter((key) => identity(before[key]) !== identity(after[key]))
    .flatMap((key) => decodeField({ key, old_value: before[key], new_value: after[key] }, entry))
}

function rawUnlessEmpty(sent: unknown): Value {
  return isRecord(sent) && !Object.values(sent).some(isSet) ? NONE : raw(sent)
}

function itemsOf(sent: unknown): readonly unknown[] | undefined {
  if (!isSet(sent)) return []
  return Array.isArray(sent) ? sent : undefined
}
