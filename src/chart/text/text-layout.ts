import { createCanvas, GlobalFonts } from '@napi-rs/canvas'
import { isolateBidi, plainText, truncate } from '../../core/text/escape.ts'
import { chooseTypefaces } from './choose-typefaces.ts'
import { readTypefaces, type Typeface } from './typefaces.ts'

/** A font, as the canvas and Chart.js describe it. */
export interface Font {
  readonly family: string
  readonly size: number
  readonly weight: number
}

/** A text as it is drawn, and its width in pixels. */
export interface Line {
  readonly text: string
  readonly font: Font
  readonly width: number
}

/** More characters than fit any width. */
const MAX_CHARACTERS = 120

/** Combining marks beyond the fourth on one letter, which would cover the lines above. No language needs as many. */
const EXCESS_MARKS = /(?<=\p{M}{4})\p{M}+/gu

/** Lays out text of any script in the fonts that are installed with Custos. Each font is loaded when first needed. */
export class TextLayout {
  readonly #typefaces = readTypefaces()
  readonly #loaded = new Set<Typeface>()
  readonly #ruler = createCanvas(1, 1).getContext('2d')

  constructor() {
    this.#ruler.lang = 'en'
  }

  /**
   * One line of text from a user.
   * @param maxWidth in pixels; a wider text is truncated and ends in “…”
   */
  line(text: string, size: number, weight: number, maxWidth = Number.POSITIVE_INFINITY): Line {
    const plain = plainText(text.normalize().replace(EXCESS_MARKS, ''), MAX_CHARACTERS)
    const chosen = chooseTypefaces(plain, this.#typefaces)
    for (const typeface of chosen.typefaces) this.#load(typeface)
    const font = { family: chosen.typefaces.map(({ name }) => `"${name}"`).join(', '), size, weight }
    this.#ruler.font = `${weight} ${size}px ${font.family}`
    for (let length = chosen.text.length; ; length--) {
      const shown = isolateBidi(truncate(chosen.text, length))
      const { width } = this.#ruler.measureText(shown)
      if (width <= maxWidth || length <= 1) return { text: shown, font, width }
    }
  }

  #load(typeface: Typeface): void {
    if (this.#loaded.has(typeface)) return
    if (!GlobalFonts.registerFromPath(typeface.path, typeface.name)) {
      throw new Error(`The font ${typeface.path} cannot be read.`)
    }
    this.#loaded.add(typeface)
  }
}
