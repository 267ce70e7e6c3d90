import type { Snowflake } from '../core/snowflake.ts'

/** An entry as it is read from the archive, with ids as text. */
export interface EntryRow {
  readonly id: Snowflake
  readonly kind: number
  readonly executor: Snowflake | null
  readonly target: string | null
  readonly channel: Snowflake | null
  readonly count: number | null
  readonly reason: string | null
  /** Whom the reason names as the one the entry was made for: an id or a name. */
  readonly attribution: string | null
  /** What the other columns do not hold of the payload, as JSON. */
  readonly payloadRest: string
}

/** A text with what the databases cannot store replaced by U+FFFD. */
export function storable<Text extends string | null>(text: Text): Text | string {
  return text === null ? text : text.toWellFormed().replaceAll('\0', '\u{FFFD}')
}

/**
 * The most characters of a text in an index. PostgreSQL's rows of an index have at most 2,704 bytes, and a character
 * takes up to three.
 */
const LONGEST_INDEXED = 512

/** A text for a column with an index: its beginning, if it is longer than anything that Discord has such a column for. */
export function indexable<Text extends string | null>(text: Text): Text | string {
  return storable(text?.slice(0, LONGEST_INDEXED) ?? null) ?? text
}
