import { parse, type SimpleMarkdown } from 'discord-markdown-parser'
import { asString, jsonObjects } from '../world/json.ts'

/** A piece of a text that Discord's markdown sets off. */
export type MarkdownNode =
  | { readonly type: 'text' | 'code' | 'block'; readonly text: string }
  | { readonly type: Wrapping; readonly children: readonly MarkdownNode[] }
  | { readonly type: 'link'; readonly to: string; readonly children: readonly MarkdownNode[] }
  | { readonly type: 'user' | 'role' | 'channel'; readonly id: string }
  | { readonly type: 'time'; readonly at: number; readonly style: string }
  | { readonly type: 'break' }

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
export function parseMarkdown(given: string): MarkdownNode[] {
  return joined(parse(given, 'extended').map(toMark))
}

function toMark(node: Node): MarkdownNode {
  const inner = () =>
    joined(jsonObjects(node.content).map((each) => toMark({ ...each, type: String(each.type) })))
  const wrapping = WRAPPINGS[node.type]
  if (wrapping) return { type: wrapping, children: inner() }
  const content = asString(node.content) ?? ''
  switch (node.type) {
    case 'br':
    case 'newline':
      return { type: 'break' }
    case 'inlineCode':
      return { type: 'code', text: content }
    case 'codeBlock':
      return { type: 'block', text: content }
    case 'user':
    case 'role':
    case 'channel':
      return { type: node.type, id: String(node.id) }
    case 'timestamp':
      return { type: 'time', at: Number(node.timestamp) * 1000, style: asString(node.format) ?? 'f' }
    case 'link':
    case 'url':
    case 'autolink':
      return link(String(node.target), inner())
    case 'everyone':
    case 'here':
      return { type: 'text', text: `@${node.type}` }
    case 'twemoji':
      return { type: 'text', text: String(node.name) }
    default:
      return { type: 'text', text: content }
  }
}

/** Discord makes links of addresses in the web alone. */
function link(to: string, children: readonly MarkdownNode[]): MarkdownNode {
  if (/^https?:\/\//i.test(to)) return { type: 'link', to, children }
  return { type: 'text', text: `[${plainText(children)}](${to})` }
}

/** The words alone. */
export function plainText(nodes: readonly MarkdownNode[]): string {
  return nodes
    .map((node) =>
      'text' in node
        ? node.text
        : 'children' in node
          ? plainText(node.children)
          : node.type === 'break'
            ? '\n'
            : '',
    )
    .join('')
}

/** The parser cuts at every sign: texts that stand side by side are one again. */
function joined(nodes: readonly MarkdownNode[]): MarkdownNode[] {
  const result: MarkdownNode[] = []
  for (const node of nodes) {
    const last = result.at(-1)
    if (node.type === 'text' && last?.type === 'text')
      result[result.length - 1] = { type: 'text', text: last.text + node.text }
    else result.push(node)
  }
  return result
}
