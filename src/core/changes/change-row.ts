import type { Entry, RawChange } from '../audit-log/entry.ts'
import type { Change } from './change.ts'
import { type Decode, fields, imageChange, lists, namedFields, sides } from './decode.ts'
import type { Reader } from './readers/readers.ts'
import { raw, text, words } from './value.ts'

/** How one key of a change is read. */
export interface ChangeRow {
  readonly label: string
  readonly decode: Decode
  /** How one item is read, where the value is a list. */
  readonly item?: Reader
}

/** The keys of one object, and how each is read. */
export type ChangeRows = Readonly<Record<string, ChangeRow>>

/** A key whose value is shown before and after. */
export const row = (label: string, reads: Reader): ChangeRow => ({ label, decode: sides(reads) })

/** A key whose value is a list: shows what was added to it and what was removed. */
export const list = (label: string, item: Reader): ChangeRow => ({ label, decode: lists(item), item })

/** A key whose value is the hash of an image: shows whether one was set, changed or removed. */
export const image = (label: string): ChangeRow => ({ label, decode: imageChange })

/** The objects in a list, and their keys. */
export interface ListedObject {
  /** The field that identifies an object before and after. */
  readonly by: string
  /** The field that holds its name. */
  readonly name: string
  readonly rows: ChangeRows
}

/** A list of objects. For an object that is on both sides, shows which of its fields changed. */
export const objects = (label: string, item: Reader, { by, name, rows }: ListedObject): ChangeRow => ({
  label,
  decode: lists(item, { by, decode: namedFields(name, fieldIn(rows)) }),
  item,
})

/** An object, each of whose fields is shown as a change of its own. */
export const nested = (label: string, rows: ChangeRows): ChangeRow => ({
  label,
  decode: fields(fieldIn(rows)),
})

function fieldIn(rows: ChangeRows) {
  return (change: RawChange, entry: Entry): Change[] => readRow(rowIn(rows, change.key), change, entry)
}

/** The row of a key. Discord can send any key, including those that every object inherits, such as `constructor`. */
export function rowIn(rows: ChangeRows, key: string): ChangeRow | undefined {
  return Object.hasOwn(rows, key) ? rows[key] : undefined
}

/** Reads a change by its row. Without a row, the change is shown as Discord sent it. */
export function readRow(row: ChangeRow | undefined, change: RawChange, entry: Entry): Change[] {
  return row ? row.decode(change, words(row.label), entry) : sides(raw)(change, text(change.key), entry)
}
