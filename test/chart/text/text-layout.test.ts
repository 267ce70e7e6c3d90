import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TextLayout } from '../../../src/chart/text/text-layout.ts'
import { plainText } from '../../../src/core/text/escape.ts'

const textLayout = new TextLayout()
const MAX_WIDTH = 200

/** The characters of a text as a reader sees them, without the isolates around it. */
function segments(text: string): readonly string[] {
  const bare = text.replace(/[\u2068\u2069]/g, '')
  return [...new Intl.Segmenter().segment(bare)].map(({ segment }) => segment)
}

test('a text that fits is drawn in full', () => {
  const { text, width } = textLayout.line('Alice', 30, 500, MAX_WIDTH)
  expect(text).toBe('Alice')
  expect(width).toBeLessThan(MAX_WIDTH)
})

test.each([
  ['wide letters', 'W'.repeat(32)],
  ['Japanese', 'さくら'.repeat(11)],
  ['families of emoji', '👩‍👩‍👧‍👦'.repeat(10)],
  ['flags', '🇯🇵'.repeat(20)],
  ['letters with marks', 'e\u0323\u0302\u0301'.repeat(32)],
  ['Devanagari', 'क्षत्रिय'.repeat(8)],
  ['Arabic', 'محمد الأحمد '.repeat(8)],
])('%s are truncated between visible characters and end in “…”', (_, name) => {
  const line = textLayout.line(name, 30, 500, MAX_WIDTH)
  const shown = segments(line.text)
  expect(line.width).toBeLessThanOrEqual(MAX_WIDTH)
  expect(shown.at(-1)).toBe('…')
  expect(shown.length).toBeGreaterThan(2)
  expect(segments(plainText(name.normalize())).slice(0, shown.length - 1)).toStrictEqual(shown.slice(0, -1))
})

test('any name stays within its width', () => {
  const anyName = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 32 })
  fc.assert(
    fc.property(anyName, (name) => {
      expect(textLayout.line(name, 30, 500, MAX_WIDTH).width).toBeLessThanOrEqual(MAX_WIDTH)
    }),
    { numRuns: 20 },
  )
})
