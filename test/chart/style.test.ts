import { expect, test } from 'vitest'
import { CARD, colourOf, FAINT_INK, INK } from '../../src/chart/style.ts'

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const contrast = (colour: string) => (luminance(colour) + 0.05) / (luminance(CARD) + 0.05)

test('text has the contrast that small text needs', () => {
  expect(contrast(INK)).toBeGreaterThan(7)
  expect(contrast(FAINT_INK)).toBeGreaterThan(7)
})

test('ten kinds have ten colours that stand out from the card', () => {
  const colours = Array.from({ length: 10 }, (_, kind) => colourOf(kind))
  expect(new Set(colours).size).toBe(10)
  for (const colour of colours) expect(contrast(colour)).toBeGreaterThan(3)
})
