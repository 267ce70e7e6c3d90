import { decode } from 'fast-png'

/** A picture as rows of `#rrggbb`, or empty texts for transparent pixels. */
export type Pixels = readonly (readonly string[])[]

/** Reads a PNG, with a different library from the one that wrote it. */
export function readPixels(png: Uint8Array): Pixels {
  const { width, height, channels, data } = decode(png)
  if (channels !== 4) throw new Error(`A picture with ${channels} channels`)
  // A chart has few colours and half a million pixels, so the text of each colour is made once.
  const texts = new Map<number, string>()
  const view = new DataView(data.buffer, data.byteOffset)
  const textAt = (index: number): string => {
    const rgba = view.getUint32(index * 4)
    const text = texts.get(rgba) ?? (rgba & 0xff ? `#${(rgba >>> 8).toString(16).padStart(6, '0')}` : '')
    texts.set(rgba, text)
    return text
  }
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => textAt(row * width + column)),
  )
}

/** The longest run of a colour in each row. */
export function longestRuns(pixels: Pixels, colour: string): readonly number[] {
  return pixels.map((row) => {
    let [longest, run] = [0, 0]
    for (const pixel of row) {
      run = pixel === colour ? run + 1 : 0
      longest = Math.max(longest, run)
    }
    return longest
  })
}
