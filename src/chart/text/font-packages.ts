/** A package of font files. */
export interface FontPackage {
  readonly name: string
  /** Which of its files are used, where it has files for other scripts as well. */
  readonly only?: RegExp
  /** The characters the font is used for, where its style sheet does not say. */
  readonly characters?: string
  /** Which file format is read; woff2 by default. */
  readonly form?: 'woff'
}

const NOTO = '@fontsource-variable/noto-sans'

/** Most of these scripts join or reorder letters, so each needs a font of its own. */
const SCRIPTS = [
  'arabic',
  'armenian',
  'bengali',
  'georgian',
  'gujarati',
  'gurmukhi',
  'hebrew',
  'kannada',
  'khmer',
  'malayalam',
  'sinhala',
  'tamil',
  'telugu',
  'thai',
] as const

export const JAPANESE = `${NOTO}-jp`
export const KOREAN = `${NOTO}-kr`
export const CHINESE = `${NOTO}-sc`
export const EMOJI = '@infolektuell/noto-color-emoji'
/** The last resort: has a plain shape for every character of the Basic Multilingual Plane. */
export const UNIFONT = '@fontsource/unifontex'

/** The fonts that are installed with Custos. The first that has a character draws it. */
export const FONT_PACKAGES: readonly FontPackage[] = [
  { name: NOTO },
  ...SCRIPTS.map((script) => ({ name: `${NOTO}-${script}`, only: new RegExp(`-${script}-${script}-`) })),
  { name: '@fontsource/noto-sans-myanmar', only: /-myanmar-myanmar-/ },
  ...[CHINESE, JAPANESE, KOREAN].map((name) => ({ name, only: /-\d+-wght-/ })),
  { name: '@fontsource/noto-sans-symbols-2', only: /-symbols-2-(?:symbols|braille)-/ },
  {
    name: '@fontsource/noto-sans-math',
    characters: 'U+2070-209F, U+2100-23FF, U+2900-2AFF, U+1D400-1D7FF',
  },
  { name: EMOJI },
  // This font is large: unpacking takes half a second as woff2 and half as long as woff.
  { name: UNIFONT, characters: 'U+0000-FFFF', form: 'woff' },
]
