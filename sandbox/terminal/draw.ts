import { styleText } from 'node:util'
import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'
import type { Message } from '../conversation.ts'
import { buttonsOf, choicesOf } from '../operator/operator.ts'
import { isJson, type Json, objects, text } from '../rest/json.ts'
import { faint, type Place, styled } from './markdown.ts'

/** How many inline fields Discord puts beside each other. */
const FIELDS_A_ROW = 3

/** A message as a terminal of so many columns shows it. */
export function draw(message: Message, place: Place, columns: number): string {
  const { author, body, ephemeralTo, files } = message
  const seen = ephemeralTo === null ? '' : faint(' · only you can see this')
  const content = text(body.content) ?? ''
  return [
    `${styleText('bold', author.username)}${seen}`,
    ...(content === '' ? [] : [wrap(styled(content, place), columns)]),
    ...objects(body.embeds).map((embed) => drawEmbed(embed, place, columns)),
    ...files.map(({ name, bytes }) => `📎 ${name} (${bytes.length.toLocaleString('en')} bytes)`),
    ...drawControls(message),
  ].join('\n')
}

function drawEmbed(embed: Json, place: Place, columns: number): string {
  const inner = columns - 2
  const title = text(embed.title)
  const description = text(embed.description)
  const footer = isJson(embed.footer) ? text(embed.footer.text) : undefined
  const parts = [
    ...(title === undefined ? [] : [styleText('bold', wrap(title, inner))]),
    ...(description === undefined ? [] : [wrap(styled(description, place), inner)]),
    ...rowsOf(objects(embed.fields)).map((row) => drawFields(row, place, inner)),
    ...(footer === undefined ? [] : [faint(wrap(footer, inner))]),
  ]
  const bar = coloured(typeof embed.color === 'number' ? embed.color : 0x808080, '▌')
  return parts
    .join('\n\n')
    .split('\n')
    .map((line) => `${bar} ${line}`)
    .join('\n')
}

/** Inline fields stand beside each other, up to three in a row; any other has a row to itself. */
function rowsOf(fields: readonly Json[]): Json[][] {
  const rows: Json[][] = []
  for (const field of fields) {
    const last = rows.at(-1)
    const joins = field.inline === true && last?.[0]?.inline === true && last.length < FIELDS_A_ROW
    if (joins) last.push(field)
    else rows.push([field])
  }
  return rows
}

function drawFields(fields: readonly Json[], place: Place, columns: number): string {
  const width = Math.floor(columns / fields.length) - (fields.length > 1 ? 2 : 0)
  const cells = fields.map(({ name, value }) => {
    const heading = styleText('bold', wrap(text(name) ?? '', width))
    return `${heading}\n${wrap(styled(text(value) ?? '', place), width)}`.split('\n')
  })
  const height = Math.max(...cells.map((cell) => cell.length))
  return Array.from({ length: height }, (_, line) =>
    cells.map((cell) => padded(cell[line] ?? '', width)).join('  '),
  ).join('\n')
}

function drawControls(message: Message): string[] {
  const entries = choicesOf(message).length
  const buttons = buttonsOf(message).map(({ label, disabled }) =>
    disabled ? faint(`[${label}]`) : `[${label}]`,
  )
  const menu = entries > 0 ? [faint(`[1–${entries}: show one entry whole]`)] : []
  return buttons.length + menu.length > 0 ? [[...menu, ...buttons].join(' ')] : []
}

function wrap(line: string, columns: number): string {
  return wrapAnsi(line, columns, { trim: false, hard: true })
}

function padded(line: string, width: number): string {
  return line + ' '.repeat(Math.max(width - stringWidth(line), 0))
}

function coloured(color: number, mark: string): string {
  return styleText(`#${color.toString(16).padStart(6, '0')}`, mark)
}
