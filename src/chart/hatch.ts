import type { SKRSContext2D } from '@napi-rs/canvas'
import { FAINT_INK } from './style.ts'

/** The distance from one line to the next, in pixels. */
const STEP = 12

/** Fills a rectangle with slanted lines, which mark unknown data. */
export function hatch(
  context: SKRSContext2D,
  left: number,
  top: number,
  width: number,
  height: number,
): void {
  context.save()
  context.beginPath()
  context.rect(left, top, width, height)
  context.clip()
  context.strokeStyle = FAINT_INK
  context.lineWidth = 2
  context.beginPath()
  // All lines start from the same origin, so that those of neighbouring rectangles meet.
  for (let at = Math.floor(left / STEP) * STEP - height; at < left + width; at += STEP) {
    context.moveTo(at, top + height)
    context.lineTo(at + height, top)
  }
  context.stroke()
  context.restore()
}
