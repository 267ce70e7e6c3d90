import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TextLayout } from '../../src/chart/text-layout.ts'
import { plainText } from '../../src/core/text/escape.ts'

const textLayout = new TextLayout()
const ROOM = 200

/** What a text is made of, as its reader sees it, without what keeps it from turning its surroundings round. */
function segments(text: string): readonly string[] {
  const bare = text.replace(/[\u2068\u2069]/g, '')
  return [...new Intl.Segmenter().segment(bare)].map(({ segment }) => segment)
}

test('a text that fits is drawn whole', () => {
  const { text, width } = textLayout.line('Alice', 30, 500, ROOM)
  expect(text).toBe('Alice')
  expect(width).toBeLessThan(ROOM)
})

test.each([
  ['wide letters', 'W'.repeat(32)],
  ['Japanese', 'さくら'.repeat(11)],
  ['families of emoji', '👩‍👩‍👧‍👦'.repeat(10)],
  ['flags', '🇯🇵'.repeat(20)],
  ['letters with marks', 'e\u0323\u0302\u0301'.repeat(32)],
  ['Devanagari', 'क्षत्रिय'.repeat(8)],
  ['Arabic', 'محمد الأحمد '.repeat(8)],
])('%s are cut between visible characters, with a sign that they were', (_, name) => {
  const line = textLayout.line(name, 30, 500, ROOM)
  const shown = segments(line.text)
  expect(line.width).toBeLessThanOrEqual(ROOM)
  expect(shown.at(-1)).toBe('…')
  expect(shown.length).toBeGreaterThan(2)
  expect(segments(plainText(name.normalize())).slice(0, shown.length - 1)).toStrictEqual(shown.slice(0, -1))
})

test('whatever a name is made of, it stays within its room', () => {
  const anyName = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 32 })
  fc.assert(
    fc.property(anyName, (name) => {
      expect(textLayout.line(name, 30, 500, ROOM).width).toBeLessThanOrEqual(ROOM)
    }),
    { numRuns: 60 },
  )
})
