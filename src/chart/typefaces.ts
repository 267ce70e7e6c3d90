import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FONT_PACKAGES, type FontPackage } from './font-packages.ts'

/** A font file and the characters it is looked up for. */
export interface Typeface {
  /** The name it is registered under. No machine has a font of that name. */
  readonly name: string
  readonly path: string
  readonly shelf: string
  readonly ranges: readonly Range[]
}

/** Code points, first and last. */
type Range = readonly [number, number]

/** Every font file that Custos brings along, in the order in which they are asked for a character. */
export function readTypefaces(): readonly Typeface[] {
  return FONT_PACKAGES.flatMap(readShelf)
}

/** The style sheet of a font's package says which file has which characters. */
function readShelf({ name, only, characters, form }: FontPackage): Typeface[] {
  const sheet = import.meta.resolve(`${name}/index.css`)
  const css = readFileSync(fileURLToPath(sheet), 'utf8')
  const found: Typeface[] = []
  for (const [rule] of css.matchAll(/@font-face\s*\{[^}]*\}/g)) {
    const files = [...rule.matchAll(/url\(([^)]+)\)/g)].map(([, file = '']) => file)
    const file = files.find((each) => each.endsWith(form ?? 'woff2'))
    if (file === undefined || (only && !only.test(file))) continue
    const path = fileURLToPath(new URL(file, sheet))
    const ranges = readRanges(characters ?? /unicode-range:([^;}]*)/.exec(rule)?.[1] ?? '')
    found.push({ name: `custos-${basename(path)}`, path, shelf: name, ranges })
  }
  return found
}

function readRanges(list: string): Range[] {
  return [...list.matchAll(/U\+([\da-f]+)(?:-([\da-f]+))?/gi)].map(([, first = '', last = first]) => [
    Number.parseInt(first, 16),
    Number.parseInt(last, 16),
  ])
}
