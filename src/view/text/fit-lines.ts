import { type Limits, WHOLE } from './value.ts'

/** How much of a value is shown where not all of everything fits. */
const AMPLE: Limits = { text: 200, items: 15 }

/** Lines for a place of so many characters: whole if all of them fit, else as much as does. */
export function fitLines(
  linesIn: (room: Limits) => readonly string[],
  longest: number,
): { readonly lines: readonly string[]; readonly isCut: boolean } {
  const whole = linesIn(WHOLE)
  if (whole.join('\n').length <= longest) return { lines: whole, isCut: false }
  return { lines: fitting(linesIn(AMPLE), longest), isCut: true }
}

/** As many lines as fit, and how many there are besides. */
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
