/** The zeros of other scripts whose digits people type dates in: Arabic, Persian, Devanagari. */
const ZEROS = [0x06_60, 0x06_f0, 0x09_66]

/** Characters that are often copied with a text: invisible ones, and quotes and backticks around it. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}+/gu
const QUOTES = /^["'`“”„‘’‚«»\s]+|["'`“”„‘’‚«»\s]+$/g

/** The full-width forms of ASCII characters, which are in the same order. */
const FULL_WIDTH = /[\uff01-\uff5e]/g
const FULL_WIDTH_OFFSET = 0xfe_e0

/** Normalizes a typed or pasted text: ASCII digits, single spaces, no invisible characters, no quotes around it. */
export function typedText(text: string): string {
  const ascii = asciiDigits(text.replace(INVISIBLE, '')).replace(FULL_WIDTH, (character) =>
    String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_OFFSET),
  )
  return ascii.replace(QUOTES, '').replace(/\s+/g, ' ')
}

/** The text with `-` in place of other dashes, hyphens and minus signs. */
export function withHyphens(text: string): string {
  return text.replace(/[\p{Pd}\u2212]/gu, '-')
}

/** The text with ASCII digits in place of those of other scripts: `7d` for `٧d`. */
function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const value = ZEROS.map((zero) => (digit.codePointAt(0) ?? 0) - zero).find(
      (number) => number >= 0 && number < 10,
    )
    return value === undefined ? digit : String(value)
  })
}
