import type { Snowflake } from '../snowflake.ts'

/** A page of a list. */
export interface Page {
  /** Counted from 0. */
  readonly index: number
  /** Absent where the page is found by its index. */
  readonly cursor?: Cursor
  /**
   * The page with the first entry from this id on, in the list’s order, in place of the one with the index: an id up to
   * which entries are older. Only lists of entries have such pages.
   */
  readonly at?: Snowflake
}

/** Where a page begins: right after an entry of the page before it, or right before one of the page after it. */
export interface Cursor {
  readonly id: Snowflake
  readonly direction: 'next' | 'previous'
}

export const FIRST_PAGE: Page = { index: 0 }

/** How many items a page of a list has. */
export const PAGE_LENGTH = 10

/** The index of the page with the item at a position, which is counted from 0; of the last page beyond the end. */
export function pageOf(position: number, total: number): number {
  return Math.floor(Math.min(position, Math.max(total - 1, 0)) / PAGE_LENGTH)
}
