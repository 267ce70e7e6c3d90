/** The zeros of the other scripts in whose ten digits people type dates: Arabic, Persian, Devanagari. */
const ZEROS = [0x06_60, 0x06_f0, 0x09_66]

/** What is copied along with a text: invisible characters, and the quotes and backticks around it. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}+/gu
const QUOTES = /^["'`“”„‘’‚«»\s]+|["'`“”„‘’‚«»\s]+$/g

/** The full-width forms of ASCII’s characters, which stand in the same order. */
const FULL_WIDTH = /[\uff01-\uff5e]/g
const FULL_WIDTH_AHEAD = 0xfe_e0

/** A text as it was meant to be typed: with ASCII digits and single spaces, and without quotes around it. */
export function typedText(text: string): string {
  const ascii = asciiDigits(text.replace(INVISIBLE, '')).replace(FULL_WIDTH, (character) =>
    String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_AHEAD),
  )
  return ascii.replace(QUOTES, '').replace(/\s+/g, ' ')
}

/** The same with `-` for the dashes, hyphens and minus signs that are typed or pasted for it. */
export function withHyphens(text: string): string {
  return text.replace(/[\p{Pd}\u2212]/gu, '-')
}

/** A text whose digits are those of ASCII, whatever script they were typed in: `٧d` is `7d`. */
function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const value = ZEROS.map((zero) => (digit.codePointAt(0) ?? 0) - zero).find(
      (context) => context >= 0 && context < 10,
    )
    return value === undefined ? digit : String(value)
  })
}
