import { ROOM } from './style.ts'
import type { Line } from './text-layout.ts'

/** What both parts of the picture share, so that they stand in line. */
export interface Frame {
  readonly width: number
  /** How much is kept for what is written left of the bars and columns. */
  readonly left: number
  /** How much is kept for what is written right of them. */
  readonly right: number
}

/** Between bars or columns and what is written beside them. */
export const GAP = 16

/** What the numbers of the scale need, which stand under the names. */
const NARROWEST = 90

/** Both parts begin where the longest name ends, and leave as much room as the longest total needs. */
export function frameFor(names: readonly Line[], totals: readonly Line[]): Frame {
  return { width: ROOM, left: Math.max(NARROWEST, widest(names) + GAP), right: widest(totals) + GAP }
}

function widest(lines: readonly Line[]): number {
  return Math.max(0, ...lines.map(({ width }) => Math.ceil(width)))
}
