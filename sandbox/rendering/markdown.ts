import { asString, type JsonObject, jsonObjects } from '../world/json.ts'
import { parseNodes } from './markdown-parser.ts'

/** A node of a text with Discord's markdown. */
export type MarkdownNode =
  | { readonly type: 'text' | 'code' | 'block'; readonly text: string }
  | { readonly type: Style; readonly children: readonly MarkdownNode[] }
  /** An ordered list has the number of its first item. */
  | {
      readonly type: 'list'
      readonly start: number | undefined
      readonly items: readonly (readonly MarkdownNode[])[]
    }
  | { readonly type: 'link'; readonly url: string; readonly children: readonly MarkdownNode[] }
  | { readonly type: 'user' | 'role' | 'channel'; readonly id: string }
  | { readonly type: 'time'; readonly at: number; readonly style: string }
  | { readonly type: 'break' }

type Style = 'bold' | 'italic' | 'underlined' | 'struck' | 'spoiler' | 'quote' | 'heading' | 'small'

const STYLES: Readonly<Record<string, Style>> = {
  strong: 'bold',
  em: 'italic',
  underline: 'underlined',
  strikethrough: 'struck',
  spoiler: 'spoiler',
  blockQuote: 'quote',
  heading: 'heading',
  subtext: 'small',
}

/** Parses Discord's markdown, with the parts that only embeds and bots may use. */
export function parseMarkdown(source: string): MarkdownNode[] {
  return toNodes(parseNodes(source))
}

function toNodes(nodes: unknown): MarkdownNode[] {
  return joinText(jsonObjects(nodes).map(toNode))
}

function toNode(node: JsonObject): MarkdownNode {
  const inner = () => toNodes(node.content)
  const type = asString(node.type) ?? ''
  const style = STYLES[type]
  if (style) return { type: style, children: inner() }
  const content = asString(node.content) ?? ''
  switch (type) {
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
      return { type, id: String(node.id) }
    case 'timestamp':
      return { type: 'time', at: Number(node.timestamp) * 1000, style: asString(node.format) ?? 'f' }
    case 'list': {
      const items = Array.isArray(node.items) ? node.items.map(toNodes) : []
      return { type, start: typeof node.start === 'number' ? node.start : undefined, items }
    }
    case 'link':
    case 'url':
    case 'autolink':
      return link(String(node.target), inner())
    case 'everyone':
    case 'here':
      return { type: 'text', text: `@${type}` }
    case 'twemoji':
      return { type: 'text', text: String(node.name) }
    default:
      return { type: 'text', text: content }
  }
}

/** Discord makes links for http and https only; anything else stays text. */
function link(url: string, children: readonly MarkdownNode[]): MarkdownNode {
  if (/^https?:\/\//i.test(url)) return { type: 'link', url, children }
  return { type: 'text', text: `[${plainText(children)}](${url})` }
}

/** The text without its markdown. */
export function plainText(nodes: readonly MarkdownNode[]): string {
  return nodes
    .map((node) => {
      if ('text' in node) return node.text
      if ('children' in node) return plainText(node.children)
      if ('items' in node) return node.items.map(plainText).join('\n')
      return node.type === 'break' ? '\n' : ''
    })
    .join('')
}

/** Joins adjacent text nodes, which the parser splits at every special character. */
function joinText(nodes: readonly MarkdownNode[]): MarkdownNode[] {
  const result: MarkdownNode[] = []
  for (const node of nodes) {
    const last = result.at(-1)
    if (node.type === 'text' && last?.type === 'text')
      result[result.length - 1] = { type: 'text', text: last.text + node.text }
    else result.push(node)
  }
  return result
}
