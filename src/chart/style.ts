import type { Line } from './text/text-layout.ts'

/** The width of a picture. Discord shows it 330 wide on a phone, 400 to 550 on a desktop, with two or three pixels each. */
export const WIDTH = 1000

/** The empty space along the edges. */
export const MARGIN = 28

/** The width between the margins. */
export const CONTENT_WIDTH = WIDTH - 2 * MARGIN

/** A wider name is truncated. */
export const MAX_NAME_WIDTH = 330

/** Text is at least 12 pixels high on a phone, which is 37 here. */
export const SIZE = { name: 38, total: 37, kind: 37, title: 37, scale: 37 } as const
export const WEIGHT = { name: 500, total: 600, kind: 500, title: 600, scale: 500 } as const

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
 * `core/query/activity.ts`.
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

/** A colour for what is not whole: paler on the card. */
export function faded(colour: string): string {
  return `${colour}66`
}

/** What bots did for somebody: an outline, lighter than the colours, because it is not part of their total. */
export const THROUGH_BOTS = { fill: `${INK}1f`, outline: INK, lineWidth: 3 } as const

/** The dimensions of the bars. */
export interface Frame {
  readonly width: number
  /** The width left of the bars, for names. */
  readonly left: number
  /** The width right of them, for totals. */
  readonly right: number
}

/** The space between bars or columns and the text beside them. */
export const GAP = 16

/** The space between a total and what bots did. */
export const SPACE_IN_TOTAL = 10

/** The frame that fits the longest name and the longest total. */
export function frameFor(names: readonly Line[], totals: readonly number[]): Frame {
  const left = Math.ceil(Math.max(0, ...names.map(({ width }) => width)))
  return { width: CONTENT_WIDTH, left: left + GAP, right: Math.ceil(Math.max(0, ...totals)) + GAP }
}
