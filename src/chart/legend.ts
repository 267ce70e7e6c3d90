import type { SKRSContext2D } from '@napi-rs/canvas'
import { type Block, write } from './block.ts'
import { hatch } from './hatch.ts'
import { colourOf, INK } from './style.ts'
import type { Line } from './text-layout.ts'

/** A kind of action, by its place among the kinds, and its name; or what stands for days that are not known. */
export interface Key {
  readonly kind: number | 'unknown'
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
        square(context, key.kind, left + place.left, middle - SQUARE / 2)
        write(context, key.name, INK, left + place.left + SQUARE + AFTER_SQUARE, middle)
      }
    },
  }
}

function square(context: SKRSContext2D, kind: Key['kind'], left: number, top: number): void {
  if (kind === 'unknown') {
    hatch(context, left, top, SQUARE, SQUARE)
    return
  }
  context.fillStyle = colourOf(kind)
  context.fillRect(left, top, SQUARE, SQUARE)
}
