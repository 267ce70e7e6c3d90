/** What is copied along with a token or an address by mistake. The last is what no other describes. */
const STRAY: readonly (readonly [RegExp, string])[] = [
  [/["'`\u2018-\u201f\u00ab\u00bb]/, 'a quotation mark'],
  [/[\n\r\u0085\u2028\u2029]/, 'a line break'],
  // Spaces, controls, formats such as the zero-width space, combining marks, and letters that are shown as nothing.
  [/[\p{Zs}\p{C}\p{M}\u115f\u1160\u3164\uffa0]/u, 'an invisible character'],
  [/[^!-~]/u, 'a character that is not ASCII'],
]

/**
 * Names the first kind of character that neither a token nor an address has, with its code point and nothing else of
 * the text: `an invisible character (U+200B)`.
 */
export function strayCharacter(text: string): string | undefined {
  for (const [pattern, name] of STRAY) {
    const point = pattern.exec(text)?.[0].codePointAt(0)
    if (point !== undefined) return `${name} (U+${point.toString(16).toUpperCase().padStart(4, '0')})`
  }
  return undefined
}
