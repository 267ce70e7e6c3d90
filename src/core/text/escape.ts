/** Characters that turn the direction of text or hide, but for those that emoji and Persian are joined with. */
const TRICKS = /[\p{Default_Ignorable_Code_Point}--[\u200C\u200D\uFE0E\uFE0F]]/gv

/** Control characters, line breaks among them. */
const CONTROLS = /[\p{Cc}\u2028\u2029]+/gu

/** Whatever Discord's markdown, mentions, timestamps and emoji are made of. */
const MARKDOWN = /[\\*_~`|<>#\-+[\]()@&]|:(?=\/\/)|(?<=^\d+)\./g

/** What stands for a text of which nothing could be seen. Discord refuses a field without text. */
const NOTHING_VISIBLE = '(blank)'

/** Where Unicode puts the scripts that run from right to left. https://www.unicode.org/reports/tr9/#Bidirectional_Character_Types */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u

/**
 * Text from a user, made harmless on one line: it mentions nobody, formats nothing, links nowhere and does not
 * reorder what stands beside it.
 * @param longest how many characters of the text may be shown, before escaping; what is cut ends in “…”
 */
export function escapeMarkdown(text: string, longest = Number.POSITIVE_INFINITY): string {
  const plain = plainText(text, longest)
  return isolateBidi(plain.replace(MARKDOWN, (mark) => `\\${mark}`))
}

/** Text that runs from right to left, kept from turning round what stands beside it. */
export function isolateBidi(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text
}

/** The same in so many characters with what makes it harmless; only where those are too few is it cut. */
export function escapeWithin(text: string, longest: number): string {
  const whole = escapeMarkdown(text)
  return whole.length <= longest ? whole : escapeMarkdown(text, Math.floor(longest / 2) - 2)
}

/** The same for places where Discord reads no markdown: labels, footers, select options, file names. */
export function plainText(text: string, longest = Number.POSITIVE_INFINITY): string {
  const visible = text.replace(CONTROLS, ' ').replace(TRICKS, '').trim()
  return visible === '' ? NOTHING_VISIBLE : truncate(visible, longest)
}

/** What a spreadsheet takes for the beginning of a formula, whatever it does not show before it. */
const FORMULA = /^(?:[\t\r]|[\s\p{Cc}\p{Default_Ignorable_Code_Point}]*[=+\-@＝＋－＠﹦﹢﹣﹫])/u

/**
 * Text for a cell of a table, which no spreadsheet runs: one that would begin a formula begins with an apostrophe.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function cell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

/** Cuts text to a length in characters as Discord counts them, never within a character a reader would see. */
export function truncate(text: string, longest: number): string {
  if (text.length <= longest) return text
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (kept.length + segment.length > longest - 1) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}
