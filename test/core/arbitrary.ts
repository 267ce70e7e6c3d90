import fc from 'fast-check'

/** Ids of every length, as Discord writes them. */
export const anySnowflake = fc.bigInt({ min: 0n, max: 2n ** 63n - 2n }).map(String)

/** Any code point but a surrogate. `unit: 'binary'` of fast-check takes a second of each test process to list them all. */
export const anyCharacter = fc
  .integer({ min: 0, max: 0x10f7ff })
  .map((index) => String.fromCodePoint(index < 0xd800 ? index : index + 0x800))

const MARKS = [...'\\*_~`|<>#-+[]()@&:/.!?1 \n\t\r']
const TRICKS = [
  '\u00AD',
  '\u061C',
  '\u200B',
  '\u200E',
  '\u202E',
  '\u2066',
  '\u2069',
  '\u2028',
  '\uFEFF',
  '\u{E0041}',
]
const LETTERS = ['a', 'é', 'e\u0301', '\u200D', '\uFE0F', '👩', '🏽', '🇫', '🇷', 'א', 'ع', '𞤀', '字']

/** Text that a user could type to break a reply. */
export const hostileText = fc.string({
  unit: fc.oneof(fc.constantFrom(...MARKS, ...TRICKS, ...LETTERS), anyCharacter),
})
