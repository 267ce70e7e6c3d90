/** Characters that are copied by mistake with a token or an address. The last pattern matches any other. */
const STRAY: readonly (readonly [RegExp, string])[] = [
  [/["'`\u2018-\u201f\u00ab\u00bb]/, 'a quotation mark'],
  [/[\n\r\u0085\u2028\u2029]/, 'a line break'],
  // Spaces, control and format characters such as the zero-width space, combining marks, and letters without a glyph.
  [/[\p{Zs}\p{C}\p{M}\u115f\u1160\u3164\uffa0]/u, 'an invisible character'],
  [/[^!-~]/u, 'a character that is not ASCII'],
]

/**
 * Describes a character that no token or address has, without showing the text: `an invisible character (U+200B)`.
 * @returns undefined if there is none
 */
export function strayCharacter(text: string): string | undefined {
  for (const [pattern, name] of STRAY) {
    const point = pattern.exec(text)?.[0].codePointAt(0)
    if (point !== undefined) return `${name} (U+${point.toString(16).toUpperCase().padStart(4, '0')})`
  }
  return undefined
}
