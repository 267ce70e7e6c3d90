import { hash } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { createPainter } from '../../src/chart/painter.ts'
import { chartNaming } from './charts.ts'
import { readPixels } from './pixels.ts'

const painter = createPainter()
afterAll(() => painter.close())

const pngOf = (name: string) => painter.paint(chartNaming(name))

/** A hash of the picture of a name. */
const pictureOf = async (name: string) => hash('sha256', await pngOf(name))

/** The pictures of an invisible name, and of a character without a shape. */
const withoutName = Promise.all([pictureOf('\u2800'), pictureOf('\uE000')])

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
])('%s is drawn, with a different shape for each character', async (_, one, other) => {
  const [nothing, unknown] = await withoutName
  const [first, second] = [await pictureOf(one), await pictureOf(other)]
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
])('a character that is %s is drawn as the replacement character', async (_, character) => {
  expect(await pictureOf(`a${character}b`)).toBe(await pictureOf('a\uFFFDb'))
})

test.each([
  ['Arabic', 'ب', '\u200C', 'ب'],
  ['Devanagari', 'क्', '\u200C', 'ष'],
  ['Bengali', 'ক্', '\u200C', 'ষ'],
])('letters of %s are joined, except across a non-joiner', async (_, before, apart, after) => {
  expect(await pictureOf(before + after)).not.toBe(await pictureOf(before + apart + after))
})

test('only emoji are drawn in colour', async () => {
  const most = async (name: string) =>
    Math.max(...readPixels(await pngOf(name)).map((row) => Math.max(...row.map(saturation))))
  expect(await most('Fox')).toBeLessThan(20)
  expect(await most('Fox 🦊')).toBeGreaterThan(100)
})

test.each([
  ['reverses text', 'ab\u202Ecd', 'abcd'],
  ['isolates', 'ab\u2066cd\u2069', 'abcd'],
  ['is invisible', 'a\u200Bb\u00ADcd', 'abcd'],
  ['breaks the line', 'ab\r\ncd', 'ab cd'],
  ['rings a bell', 'ab\u0007cd', 'ab cd'],
])('a character that %s has no effect', async (_, name, plain) => {
  expect(await pictureOf(name)).toBe(await pictureOf(plain))
})

test('a letter has at most four combining marks', async () => {
  expect(await pictureOf(`a${'\u0346'.repeat(30)}`)).toBe(await pictureOf(`a${'\u0346'.repeat(4)}`))
})
