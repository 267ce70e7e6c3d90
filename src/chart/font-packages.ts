/** A package of font files. */
export interface FontPackage {
  readonly name: string
  /** Which of its files are used, where others than its own script’s lie there too. */
  readonly only?: RegExp
  /** What the font is used for, where its style sheet does not say so. */
  readonly characters?: string
  /** Which form of the file is read. */
  readonly form?: 'woff'
}

const NOTO = '@fontsource-variable/noto-sans'

/** Most of them change their letters with what stands beside, which only a font made for them can. */
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
/** Has a plain shape for every character of the Basic Multilingual Plane. The last resort. */
export const UNIFONT = '@fontsource/unifontex'

/** The fonts that Custos brings along. The first that has a character draws it. */
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
  // It is so large that unpacking takes half a second, or half of that in this form.
  { name: UNIFONT, characters: 'U+0000-FFFF', form: 'woff' },
]
