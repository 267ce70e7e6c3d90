import type { Entry, RawChange } from '../audit-log/entry.ts'
import type { Change } from './change.ts'
import { type Decode, fields, lists, namedFields, pictured, sides } from './decode.ts'
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

/** A key whose value is told before and after. */
export const row = (label: string, reads: Reader): ChangeRow => ({ label, decode: sides(reads) })

/** A key whose value is a list: what was added to it and removed from it is told. */
export const list = (label: string, item: Reader): ChangeRow => ({ label, decode: lists(item), item })

/** A key whose value is the hash of an image: whether there is one is told. */
export const image = (label: string): ChangeRow => ({ label, decode: pictured })

/** The objects of a list, and the fields of one that can change. */
export interface Listed {
  /** The field by which an object is the same before and after. */
  readonly by: string
  /** The field that is its name. */
  readonly name: string
  readonly rows: ChangeRows
}

/** A list of objects. Of an object that is on both sides, the fields that changed are told. */
export const objects = (label: string, item: Reader, { by, name, rows }: Listed): ChangeRow => ({
  label,
  decode: lists(item, { by, decode: namedFields(name, fieldIn(rows)) }),
  item,
})

/** An object whose fields are changes of their own. */
export const nested = (label: string, rows: ChangeRows): ChangeRow => ({
  label,
  decode: fields(fieldIn(rows)),
})

function fieldIn(rows: ChangeRows) {
  return (change: RawChange, entry: Entry): Change[] => readRow(rowIn(rows, change.key), change, entry)
}

/**
 * The row of a key. Discord can send any key, and one such as `constructor`, which every object inherits, has no row.
 */
export function rowIn(rows: ChangeRows, key: string): ChangeRow | undefined {
  return Object.hasOwn(rows, key) ? rows[key] : undefined
}

/** Reads a change by its row; without one, it is told as it was sent. */
export function readRow(row: ChangeRow | undefined, change: RawChange, entry: Entry): Change[] {
  return row ? row.decode(change, words(row.label), entry) : sides(raw)(change, text(change.key), entry)
}
