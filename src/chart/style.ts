/** How wide a picture is. Discord shows it 400 to 550 wide, on screens that have two or three pixels for one. */
export const WIDTH = 1000

/** Kept free along the edges. */
export const MARGIN = 36

/** What is left between the edges. */
export const ROOM = WIDTH - 2 * MARGIN

/** A name that is wider is cut. */
export const WIDEST_NAME = 330

export const SIZE = { title: 34, name: 30, total: 28, kind: 26, scale: 26 } as const
export const WEIGHT = { title: 700, name: 500, total: 600, kind: 500, scale: 500 } as const

/**
 * A card of one colour under everything: on Discord’s dark theme it looks at home, on the light one it stands out,
 * and on both what is written on it has the contrast it has here. No ink has enough on both themes by itself.
 */
export const CARD = '#1e1f22'
export const INK = '#f2f3f5'
export const FAINT_INK = '#b5bac1'
export const RULE = '#3f4147'

/**
 * After Okabe and Ito (https://jfly.uni-koeln.de/color/), with three more. With any colour vision those that stand
 * beside each other are far apart, and all have a contrast of 3 or more on the card.
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

/** The colour of a kind of action, by its place among the kinds. */
export function colourOf(kind: number): string {
  return COLOURS[kind % COLOURS.length] ?? INK
}
