import { decode } from 'fast-png'

/** A picture as rows of `#rrggbb`, or empty texts for transparent pixels. */
export type Pixels = readonly (readonly string[])[]

/** Reads a PNG, with a different library from the one that wrote it. */
export function readPixels(png: Uint8Array): Pixels {
  const { width, height, channels, data } = decode(png)
  if (channels !== 4) throw new Error(`A picture with ${channels} channels`)
  const hex = (value: number | undefined) => (value ?? 0).toString(16).padStart(2, '0')
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => {
      const [red, green, blue, alpha] = data.subarray((row * width + column) * 4)
      return alpha === 0 ? '' : `#${hex(red)}${hex(green)}${hex(blue)}`
    }),
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
