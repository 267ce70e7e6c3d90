import { type Limits, UNLIMITED } from './value.ts'

/** How much of each value is shown if the full lines do not fit. */
const SHORTENED: Limits = { text: 200, items: 15 }

/**
 * Lines for a text of at most `longest` characters: the full lines if all fit, otherwise shortened lines, as many as
 * fit, and how many are left out.
 */
export function fitLines(
  linesIn: (limits: Limits) => readonly string[],
  longest: number,
): { readonly lines: readonly string[]; readonly isTruncated: boolean } {
  const full = linesIn(UNLIMITED)
  if (full.join('\n').length <= longest) return { lines: full, isTruncated: false }
  return { lines: fitting(linesIn(SHORTENED), longest), isTruncated: true }
}

function fitting(lines: readonly string[], longest: number): string[] {
  const shown: string[] = []
  let left = longest - '… and 1,000,000 more'.length
  for (const line of lines) {
    left -= line.length + 1
    if (left < 0) break
    shown.push(line)
  }
  const rest = lines.length - shown.length
  return rest > 0 ? [...shown, `… and ${rest} more`] : shown
}
