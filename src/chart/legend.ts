import type { SKRSContext2D } from '@napi-rs/canvas'
import { type Block, drawText } from './block.ts'
import { hatch } from './hatch.ts'
import { colourOf, faded, INK, THROUGH_BOTS } from './style.ts'
import type { Line } from './text/text-layout.ts'

/** An item of the legend: a kind of action, by its index among the kinds, or another mark. */
export interface LegendItem {
  readonly kind: number | 'through bots' | 'part' | 'unknown'
  readonly name: Line
}

const SQUARE = 28
const GAP_AFTER_SQUARE = 10
const GAP_BETWEEN = 24
const ROW = 46

/** The meaning of each colour and mark, in as many rows as needed. */
export function legend(items: readonly LegendItem[], width: number): Block {
  const placed: { readonly item: LegendItem; readonly left: number; readonly row: number }[] = []
  let [end, row] = [0, 0]
  for (const item of items) {
    const needed = SQUARE + GAP_AFTER_SQUARE + item.name.width
    if (end > 0 && end + needed > width) [end, row] = [0, row + 1]
    placed.push({ item, left: end, row })
    end += needed + GAP_BETWEEN
  }
  return {
    height: items.length > 0 ? (row + 1) * ROW : 0,
    draw(context, left, top) {
      for (const { item, ...position } of placed) {
        const middle = top + (position.row + 0.5) * ROW
        square(context, item.kind, left + position.left, middle - SQUARE / 2)
        drawText(context, item.name, INK, left + position.left + SQUARE + GAP_AFTER_SQUARE, middle)
      }
    },
  }
}

function square(context: SKRSContext2D, kind: LegendItem['kind'], left: number, top: number): void {
  switch (kind) {
    case 'unknown':
      hatch(context, left, top, SQUARE, SQUARE)
      break
    case 'through bots':
      outline(context, left, top, SQUARE, SQUARE)
      break
    case 'part':
      context.fillStyle = faded(INK)
      context.fillRect(left, top, SQUARE, SQUARE)
      break
    default:
      context.fillStyle = colourOf(kind)
      context.fillRect(left, top, SQUARE, SQUARE)
  }
}

/** A rectangle for what bots did. */
function outline(context: SKRSContext2D, left: number, top: number, width: number, height: number): void {
  const { fill, outline, lineWidth } = THROUGH_BOTS
  context.fillStyle = fill
  context.fillRect(left, top, width, height)
  context.strokeStyle = outline
  context.lineWidth = lineWidth
  context.strokeRect(left + lineWidth / 2, top + lineWidth / 2, width - lineWidth, height - lineWidth)
}
