/** Where the ten digits of scripts begin that people type dates in: Arabic, Persian, Devanagari, full width. */
const ZEROS = [0x06_60, 0x06_f0, 0x09_66, 0xff_10]

/** A text whose digits are those of ASCII, whatever script they were typed in: `٧d` is `7d`. */
export function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const value = ZEROS.map((zero) => (digit.codePointAt(0) ?? 0) - zero).find(
      (place) => place >= 0 && place < 10,
    )
    return value === undefined ? digit : String(value)
  })
}
