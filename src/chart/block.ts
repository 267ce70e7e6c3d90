import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { CARD, MARGIN, WIDTH } from './style.ts'
import type { Line } from './text/text-layout.ts'

/** A part of the picture. The parts are drawn one below another. */
export interface Block {
  readonly height: number
  draw(context: SKRSContext2D, left: number, top: number): void
}

/** Empty space. */
export function space(height: number): Block {
  return { height, draw: () => undefined }
}

/** One line of text. */
export function textBlock(line: Line, colour: string): Block {
  const height = line.font.size * 1.25
  return { height, draw: (context, left, top) => drawText(context, line, colour, left, top + height / 2) }
}

/** Draws a line of text from its left end, centred vertically on `middle`. */
export function drawText(
  context: SKRSContext2D,
  { text, font }: Line,
  colour: string,
  left: number,
  middle: number,
): void {
  context.font = `${font.weight} ${font.size}px ${font.family}`
  context.fillStyle = colour
  context.textBaseline = 'middle'
  context.fillText(text, left, middle)
}

/** The radius of the card's corners. */
const CORNER_RADIUS = 24

/** Draws blocks one below another on a card, as a PNG. */
export function card(blocks: readonly Block[]): Uint8Array<ArrayBuffer> {
  const height = Math.ceil(blocks.reduce((sum, block) => sum + block.height, 2 * MARGIN))
  const canvas = createCanvas(WIDTH, height)
  const context = canvas.getContext('2d')
  context.lang = 'en'
  context.fillStyle = CARD
  context.beginPath()
  context.roundRect(0, 0, WIDTH, height, CORNER_RADIUS)
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

/** Frees the pixels of a canvas that is no longer needed. The garbage collector does not count them. */
export function release(canvas: { width: number; height: number }): void {
  canvas.width = 1
  canvas.height = 1
}
