import { createCanvas, GlobalFonts } from '@napi-rs/canvas'
import { isolateBidi, plainText, truncate } from '../core/text/escape.ts'
import { chooseTypefaces } from './choose-typefaces.ts'
import { readTypefaces, type Typeface } from './typefaces.ts'

/** What a text is written in: what a font is to the canvas and to Chart.js. */
export interface Font {
  readonly family: string
  readonly size: number
  readonly weight: number
}

/** A text as it is drawn. */
export interface Line {
  readonly text: string
  readonly font: Font
  readonly width: number
}

/** More characters than any width has room for. */
const LONGEST = 120

/** Marks heaped on one letter until they cover the lines above and below. No language needs as many. */
const HEAPED_MARKS = /(?<=\p{M}{4})\p{M}+/gu

/** Sets text in the fonts that Custos brings along, whatever its script, each loaded when first needed. */
export class TextLayout {
  readonly #typefaces = readTypefaces()
  readonly #loaded = new Set<Typeface>()
  readonly #ruler = createCanvas(1, 1).getContext('2d')

  constructor() {
    this.#ruler.lang = 'en'
  }

  /**
   * A text from anybody on one line.
   * @param room how wide it may be; what does not fit is cut, and ends in “…”
   */
  line(text: string, size: number, weight: number, limits = Number.POSITIVE_INFINITY): Line {
    const plain = plainText(text.normalize().replace(HEAPED_MARKS, ''), LONGEST)
    const chosen = chooseTypefaces(plain, this.#typefaces)
    for (const typeface of chosen.typefaces) this.#load(typeface)
    const font = { family: chosen.typefaces.map(({ name }) => `"${name}"`).join(', '), size, weight }
    this.#ruler.font = `${weight} ${size}px ${font.family}`
    for (let length = chosen.text.length; ; length--) {
      const shown = isolateBidi(truncate(chosen.text, length))
      const { width } = this.#ruler.measureText(shown)
      if (width <= limits || length <= 1) return { text: shown, font, width }
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
