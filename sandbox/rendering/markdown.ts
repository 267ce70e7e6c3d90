import { parse, type SimpleMarkdown } from 'discord-markdown-parser'
import { objects, text } from '../world/json.ts'

/** A piece of a text that Discord's markdown sets off. */
export type Mark =
  | { readonly is: 'text' | 'code' | 'block'; readonly text: string }
  | { readonly is: Wrapping; readonly of: readonly Mark[] }
  | { readonly is: 'link'; readonly to: string; readonly of: readonly Mark[] }
  | { readonly is: 'user' | 'role' | 'channel'; readonly id: string }
  | { readonly is: 'time'; readonly at: number; readonly style: string }
  | { readonly is: 'break' }

type Wrapping = 'bold' | 'italic' | 'underlined' | 'struck' | 'spoiler' | 'quote' | 'heading' | 'small'

type Node = ReturnType<typeof SimpleMarkdown.defaultInlineParse>[number]

const WRAPPINGS: Readonly<Record<string, Wrapping>> = {
  strong: 'bold',
  em: 'italic',
  underline: 'underlined',
  strikethrough: 'struck',
  spoiler: 'spoiler',
  blockQuote: 'quote',
  heading: 'heading',
  subtext: 'small',
}

/** Reads Discord's markdown, as embeds and bots may use it. */
export function readMarks(given: string): Mark[] {
  return joined(parse(given, 'extended').map(toMark))
}

function toMark(node: Node): Mark {
  const inner = () =>
    joined(objects(node.content).map((each) => toMark({ ...each, type: String(each.type) })))
  const wrapping = WRAPPINGS[node.type]
  if (wrapping) return { is: wrapping, of: inner() }
  const content = text(node.content) ?? ''
  switch (node.type) {
    case 'br':
    case 'newline':
      return { is: 'break' }
    case 'inlineCode':
      return { is: 'code', text: content }
    case 'codeBlock':
      return { is: 'block', text: content }
    case 'user':
    case 'role':
    case 'channel':
      return { is: node.type, id: String(node.id) }
    case 'timestamp':
      return { is: 'time', at: Number(node.timestamp) * 1000, style: text(node.format) ?? 'f' }
    case 'link':
    case 'url':
    case 'autolink':
      return link(String(node.target), inner())
    case 'everyone':
    case 'here':
      return { is: 'text', text: `@${node.type}` }
    case 'twemoji':
      return { is: 'text', text: String(node.name) }
    default:
      return { is: 'text', text: content }
  }
}

/** Discord makes links of addresses in the web alone. */
function link(to: string, of: readonly Mark[]): Mark {
  if (/^https?:\/\//i.test(to)) return { is: 'link', to, of }
  return { is: 'text', text: `[${plainText(of)}](${to})` }
}

/** The words alone. */
export function plainText(marks: readonly Mark[]): string {
  return marks
    .map((mark) =>
      'text' in mark ? mark.text : 'of' in mark ? plainText(mark.of) : mark.is === 'break' ? '\n' : '',
    )
    .join('')
}

/** The parser cuts at every sign: texts that stand side by side are one again. */
function joined(marks: readonly Mark[]): Mark[] {
  const result: Mark[] = []
  for (const mark of marks) {
    const last = result.at(-1)
    if (mark.is === 'text' && last?.is === 'text')
      result[result.length - 1] = { is: 'text', text: last.text + mark.text }
    else result.push(mark)
  }
  return result
}
