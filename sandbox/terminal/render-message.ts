import { styleText } from 'node:util'
import stringWidth from 'string-width'
import { buttonsOf, numberedChoices } from '../member-client/components.ts'
import { type Embed, embedsOf, rowsOf } from '../rendering/embed.ts'
import { asString, jsonObjects } from '../world/json.ts'
import type { Message } from '../world/message.ts'
import { faint, renderMarkdown, type TextContext, wrap } from './render-markdown.ts'

/** A message as text for a terminal of that many columns. */
export function renderMessage(message: Message, context: TextContext, columns: number): string {
  const { author, body, ephemeralTo, files } = message
  const suffix = ephemeralTo === null ? '' : faint(' · only you can see this')
  const content = asString(body.content) ?? ''
  return [
    `${styleText('bold', author.username)}${suffix}`,
    ...(content === '' ? [] : [renderMarkdown(content, context, columns)]),
    ...embedsOf(body).flatMap((embed) => renderEmbed(embed, context, columns)),
    ...files.map(({ name, bytes }) => `📎 ${name} (${bytes.length.toLocaleString('en')} bytes)`),
    ...renderComponents(message),
  ].join('\n')
}

/** The lines of an embed: none for one that has only an image, which is listed as a file. */
function renderEmbed(embed: Embed, context: TextContext, columns: number): string[] {
  const { title, description, footer, color = 0x808080 } = embed
  const inner = columns - 2
  const parts = [
    ...(title === '' ? [] : [styleText('bold', renderMarkdown(title, context, inner))]),
    ...(description === '' ? [] : [renderMarkdown(description, context, inner)]),
    ...rowsOf(embed).map((row) => renderFields(row, context, inner)),
    ...(footer === '' ? [] : [faint(wrap(footer, inner))]),
  ]
  const bar = coloured(color, '▌')
  if (parts.length === 0) return []
  return parts
    .join('\n\n')
    .split('\n')
    .map((line) => `${bar} ${line}`)
}

function renderFields(fields: Embed['fields'], context: TextContext, columns: number): string {
  const width = Math.floor(columns / fields.length) - (fields.length > 1 ? 2 : 0)
  const cells = fields.map(({ name, value }) => {
    const heading = styleText('bold', wrap(name, width))
    return `${heading}\n${renderMarkdown(value, context, width)}`.split('\n')
  })
  const height = Math.max(...cells.map((cell) => cell.length))
  return Array.from({ length: height }, (_, line) =>
    cells.map((cell) => padded(cell[line] ?? '', width)).join('  '),
  ).join('\n')
}

function renderComponents(message: Message): string[] {
  const numbers = numberedChoices(message).map(({ number }) => number)
  const buttons = buttonsOf(message).map(({ label, disabled }) =>
    disabled ? faint(`[${label}]`) : `[${label}]`,
  )
  const [hint = 'choose'] = jsonObjects(message.body.components)
    .flatMap((row) => jsonObjects(row.components))
    .flatMap(({ placeholder }) => asString(placeholder) ?? [])
  const range = [...new Set([numbers[0], numbers.at(-1)])].join('–')
  const menu = range === '' ? [] : [faint(`[${range}: ${hint.charAt(0).toLowerCase()}${hint.slice(1)}]`)]
  return buttons.length + menu.length > 0 ? [[...menu, ...buttons].join(' ')] : []
}

function padded(line: string, width: number): string {
  return line + ' '.repeat(Math.max(width - stringWidth(line), 0))
}

function coloured(color: number, text: string): string {
  return styleText(`#${color.toString(16).padStart(6, '0')}`, text)
}
