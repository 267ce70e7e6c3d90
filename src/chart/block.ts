import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Line } from './text-layout.ts'

/** A part of the picture. Parts stand one below another. */
export interface Block {
  readonly height: number
  draw(context: SKRSContext2D, left: number, top: number): void
}

/** Nothing. */
export function space(height: number): Block {
  return { height, draw: () => undefined }
}

/** One line of text. */
export function writing(line: Line, colour: string): Block {
  const height = line.font.size * 1.25
  return { height, draw: (context, left, top) => write(context, line, colour, left, top + height / 2) }
}

/** Writes a line from its left end on, with its middle at a height. */
export function write(
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
