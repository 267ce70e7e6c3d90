import { type Block, write } from './block.ts'
import type { Line } from './lettering.ts'
import { colourOf, INK } from './style.ts'

/** A kind of action, by its place among the kinds, and its name. */
export interface Key {
  readonly kind: number
  readonly name: Line
}

const SQUARE = 22
const AFTER_SQUARE = 10
const BETWEEN = 22
const ROW = 40

/** Which colour means what, in as many rows as are needed. */
export function legend(keys: readonly Key[], width: number): Block {
  const placed: { readonly key: Key; readonly left: number; readonly row: number }[] = []
  let [end, row] = [0, 0]
  for (const key of keys) {
    const needed = SQUARE + AFTER_SQUARE + key.name.width
    if (end > 0 && end + needed > width) [end, row] = [0, row + 1]
    placed.push({ key, left: end, row })
    end += needed + BETWEEN
  }
  return {
    height: keys.length > 0 ? (row + 1) * ROW : 0,
    draw(context, left, top) {
      for (const { key, ...place } of placed) {
        const middle = top + (place.row + 0.5) * ROW
        context.fillStyle = colourOf(key.kind)
        context.fillRect(left + place.left, middle - SQUARE / 2, SQUARE, SQUARE)
        write(context, key.name, INK, left + place.left + SQUARE + AFTER_SQUARE, middle)
      }
    },
  }
}
