import { createCanvas } from '@napi-rs/canvas'
import type { Block } from './block.ts'
import { release } from './plot.ts'
import { CARD, MARGIN, WIDTH } from './style.ts'

const CORNER = 24

/** Puts blocks below one another on a card, as a PNG. */
export function card(blocks: readonly Block[]): Uint8Array<ArrayBuffer> {
  const height = Math.ceil(blocks.reduce((sum, block) => sum + block.height, 2 * MARGIN))
  const canvas = createCanvas(WIDTH, height)
  const context = canvas.getContext('2d')
  context.lang = 'en'
  context.fillStyle = CARD
  context.beginPath()
  context.roundRect(0, 0, WIDTH, height, CORNER)
  context.fill()
  let top = MARGIN
  for (const block of blocks) {
    block.draw(context, MARGIN, Math.round(top))
    top += block.height
  }
  const png = new Uint8Array(canvas.toBuffer('image/png'))
  release(canvas)
  return png
}
