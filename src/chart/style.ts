import type { Line } from './text/text-layout.ts'

/** The width of a picture. Discord shows it 400 to 550 wide, on screens with two or three pixels for each. */
export const WIDTH = 1000

/** The empty space along the edges. */
export const MARGIN = 36

/** The width between the margins. */
export const CONTENT_WIDTH = WIDTH - 2 * MARGIN

/** A wider name is truncated. */
export const MAX_NAME_WIDTH = 330

export const SIZE = { title: 34, name: 30, total: 28, kind: 26, scale: 26 } as const
export const WEIGHT = { title: 700, name: 500, total: 600, kind: 500, scale: 500 } as const

/**
 * The background. With a background of its own, a chart has the same contrast on Discord’s dark and light themes. No
 * text colour has enough contrast on both.
 */
export const CARD = '#1e1f22'
export const INK = '#f2f3f5'
export const FAINT_INK = '#b5bac1'
export const RULE = '#3f4147'

/**
 * The colours of Okabe and Ito (https://jfly.uni-koeln.de/color/) and three more. Neighbouring colours differ clearly
 * for any colour vision, and each has a contrast of at least 3 with the card. They are used in the order of `PARTS` in
 * `core/query/activity.ts`: bans & kicks, timeouts, messages deleted, roles, channels, other.
 */
const COLOURS = [
  '#d55e00',
  '#e69f00',
  '#56b4e9',
  '#f0e442',
  '#0072b2',
  '#b3b3b3',
  '#9966ff',
  '#cc79a7',
  '#99ffee',
  '#009e73',
] as const

/** The colour of a kind of action, by its index among the kinds. */
export function colourOf(kind: number): string {
  return COLOURS[kind % COLOURS.length] ?? INK
}

/** The dimensions that the bars and the columns share, so that they are aligned. */
export interface Frame {
  readonly width: number
  /** The width left of the bars and columns, for names and the scale. */
  readonly left: number
  /** The width right of them, for totals. */
  readonly right: number
}

/** The space between bars or columns and the text beside them. */
export const GAP = 16

/** The least width left of the columns, which the numbers of the scale need. */
const MIN_LEFT = 90

/** The frame that fits the longest name and the longest total. */
export function frameFor(names: readonly Line[], totals: readonly Line[]): Frame {
  return { width: CONTENT_WIDTH, left: Math.max(MIN_LEFT, widest(names) + GAP), right: widest(totals) + GAP }
}

function widest(lines: readonly Line[]): number {
  return Math.max(0, ...lines.map(({ width }) => Math.ceil(width)))
}
