import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FONT_PACKAGES, type FontPackage } from './font-packages.ts'

/** A font file, and the characters it is used for. */
export interface Typeface {
  /** The name it is registered under. No installed font has such a name. */
  readonly name: string
  readonly path: string
  readonly packageName: string
  readonly ranges: readonly Range[]
}

/** The first and the last code point. */
type Range = readonly [number, number]

/** All font files that are installed with Custos, in order of preference. */
export function readTypefaces(): readonly Typeface[] {
  return FONT_PACKAGES.flatMap(readPackage)
}

/** The font files of a package. Its style sheet says which file has which characters. */
function readPackage({ name, only, characters, form }: FontPackage): Typeface[] {
  const sheet = import.meta.resolve(`${name}/index.css`)
  const css = readFileSync(fileURLToPath(sheet), 'utf8')
  const found: Typeface[] = []
  for (const [rule] of css.matchAll(/@font-face\s*\{[^}]*\}/g)) {
    const files = [...rule.matchAll(/url\(([^)]+)\)/g)].map(([, file = '']) => file)
    const file = files.find((each) => each.endsWith(form ?? 'woff2'))
    if (file === undefined || (only && !only.test(file))) continue
    const path = fileURLToPath(new URL(file, sheet))
    const ranges = readRanges(characters ?? /unicode-range:([^;}]*)/.exec(rule)?.[1] ?? '')
    found.push({ name: `custos-${basename(path)}`, path, packageName: name, ranges })
  }
  return found
}

function readRanges(list: string): Range[] {
  return [...list.matchAll(/U\+([\da-f]+)(?:-([\da-f]+))?/gi)].map(([, first = '', last = first]) => [
    Number.parseInt(first, 16),
    Number.parseInt(last, 16),
  ])
}
