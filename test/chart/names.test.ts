import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import { card, textBlock } from '../../src/chart/block.ts'
import { INK, MAX_NAME_WIDTH, SIZE, WEIGHT } from '../../src/chart/style.ts'
import { TextLayout } from '../../src/chart/text/text-layout.ts'
import { readPixels } from './pixels.ts'

const textLayout = new TextLayout()

/** A picture of nothing but a name, as a chart has it. */
const pngOf = (name: string) =>
  card([textBlock(textLayout.line(name, SIZE.name, WEIGHT.name, MAX_NAME_WIDTH), INK)])

/** A hash of the picture of a name. */
const pictureOf = (name: string) => hash('sha256', pngOf(name))

/** The pictures of an invisible name, and of a character without a shape. */
const [nothing, unknown] = [pictureOf('\u2800'), pictureOf('\uE000')]

/** How far a colour is from grey. */
function saturation(pixel: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(pixel.slice(at, at + 2), 16))
  return pixel === '' ? 0 : Math.max(...parts) - Math.min(...parts)
}

test.each([
  ['Latin', 'ñ', 'ő'],
  ['Cyrillic', 'Ж', 'ґ'],
  ['Greek', 'Ω', 'ἄ'],
  ['Arabic', 'ش', 'گ'],
  ['Hebrew', 'ש', 'ל'],
  ['Thai', 'ก', 'ฮ'],
  ['Devanagari', 'क', 'ह'],
  ['Bengali', 'ক', 'হ'],
  ['Tamil', 'க', 'ஹ'],
  ['Telugu', 'క', 'హ'],
  ['Sinhala', 'ක', 'හ'],
  ['Khmer', 'ក', 'ហ'],
  ['Burmese', 'က', 'ဟ'],
  ['Georgian', 'ქ', 'ჰ'],
  ['Armenian', 'Ք', 'Հ'],
  ['Ethiopic', 'ሀ', 'ፈ'],
  ['hiragana', 'あ', 'ん'],
  ['katakana', 'ア', 'ン'],
  ['Korean', '한', '힣'],
  ['Chinese', '王', '龘'],
  ['simplified Chinese', '们', '龙'],
  ['mathematical letters', '𝓪', '𝕯'],
  ['symbols', '★', '꧁'],
  ['emoji', '🦊', '🪿'],
  ['flags', '🇯🇵', '🇧🇷'],
  ['emoji of several characters', '👩‍🚀', '👩🏽‍❤️‍💋‍👨🏿'],
])('%s is drawn, with a different shape for each character', (_, one, other) => {
  const [first, second] = [pictureOf(one), pictureOf(other)]
  expect(first).not.toBe(second)
  for (const picture of [first, second]) {
    expect(picture).not.toBe(nothing)
    expect(picture).not.toBe(unknown)
  }
})

test.each([
  ['private', '\uE000'],
  ['unassigned', '\u{2FFFE}'],
  ['a lone surrogate', '\uD800'],
  ['of a historic script', '\u{12000}'],
])('a character that is %s is drawn as the replacement character', (_, character) => {
  expect(pictureOf(`a${character}b`)).toBe(pictureOf('a\uFFFDb'))
})

test.each([
  ['Arabic', 'ب', '\u200C', 'ب'],
  ['Devanagari', 'क्', '\u200C', 'ष'],
  ['Bengali', 'ক্', '\u200C', 'ষ'],
])('letters of %s are joined, except across a non-joiner', (_, before, apart, after) => {
  expect(pictureOf(before + after)).not.toBe(pictureOf(before + apart + after))
})

test('only emoji are drawn in colour', () => {
  const most = (name: string) =>
    Math.max(...readPixels(pngOf(name)).map((row) => Math.max(...row.map(saturation))))
  expect(most('Fox')).toBeLessThan(20)
  expect(most('Fox 🦊')).toBeGreaterThan(100)
})

test.each([
  ['reverses text', 'ab\u202Ecd', 'abcd'],
  ['isolates', 'ab\u2066cd\u2069', 'abcd'],
  ['is invisible', 'a\u200Bb\u00ADcd', 'abcd'],
  ['breaks the line', 'ab\r\ncd', 'ab cd'],
  ['rings a bell', 'ab\u0007cd', 'ab cd'],
])('a character that %s has no effect', (_, name, plain) => {
  expect(pictureOf(name)).toBe(pictureOf(plain))
})

test('a letter has at most four combining marks', () => {
  expect(pictureOf(`a${'\u0346'.repeat(30)}`)).toBe(pictureOf(`a${'\u0346'.repeat(4)}`))
})
