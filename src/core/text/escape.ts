/** Invisible characters and characters that change the direction of text, except those that emoji and Persian need. */
const TRICKS = /[\p{Default_Ignorable_Code_Point}--[\u200C\u200D\uFE0E\uFE0F]]/gv

/** Control characters, including line breaks. */
const CONTROLS = /[\p{Cc}\u2028\u2029]+/gu

/** The characters of Discord's markdown, mentions, timestamps and emoji. */
const MARKDOWN = /[\\*_~`|<>#\-+[\]()@&]|:(?=\/\/)|(?<=^\d+)\./g

/** Shown for a text without visible characters. Discord rejects an empty field. */
const NOTHING_VISIBLE = '(blank)'

/**
 * The blocks of scripts that are written from right to left.
 * https://www.unicode.org/reports/tr9/#Bidirectional_Character_Types
 */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u

/**
 * Escapes text from a user for one line of markdown: it mentions nobody, formats nothing, links nowhere and does not
 * reorder the text beside it.
 * @param longest the most characters of the text to show, counted before escaping; a truncated text ends in “…”
 */
export function escapeMarkdown(text: string, longest = Number.POSITIVE_INFINITY): string {
  const plain = plainText(text, longest)
  return isolateBidi(plain.replace(MARKDOWN, (mark) => `\\${mark}`))
}

/** Isolates text that is written from right to left, so that it does not reorder the text beside it. */
export function isolateBidi(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text
}

/** Escapes text within a length that includes the escapes. Text that does not fit is truncated. */
export function escapeWithin(text: string, longest: number): string {
  const whole = escapeMarkdown(text)
  return whole.length <= longest ? whole : escapeMarkdown(text, Math.floor(longest / 2) - 2)
}

/** One line of text from a user for places without markdown: labels, footers, select options, file names. */
export function plainText(text: string, longest = Number.POSITIVE_INFINITY): string {
  const visible = text.replace(CONTROLS, ' ').replace(TRICKS, '').trim()
  return visible === '' ? NOTHING_VISIBLE : truncate(visible, longest)
}

/** The beginning of a formula in a spreadsheet, including characters that it ignores before one. */
const FORMULA = /^(?:[\t\r]|[\s\p{Cc}\p{Default_Ignorable_Code_Point}]*[=+\-@＝＋－＠﹦﹢﹣﹫])/u

/**
 * Text for a cell of a CSV file. A text that a spreadsheet would run as a formula gets an apostrophe before it.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function cell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

/** Truncates text to a length in UTF-16 units, without splitting a visible character. Truncated text ends in “…”. */
export function truncate(text: string, longest: number): string {
  if (text.length <= longest) return text
  let shown = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (shown.length + segment.length > longest - 1) break
    shown += segment
  }
  return `${shown.trimEnd()}…`
}
