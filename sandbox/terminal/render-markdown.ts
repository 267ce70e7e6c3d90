import { styleText } from 'node:util'
import wrapAnsi from 'wrap-ansi'
import { type MarkdownNode, parseMarkdown } from '../rendering/markdown.ts'
import { formatTimestamp } from '../rendering/timestamp.ts'
import type { Guild } from '../world/guild.ts'
import type { World } from '../world/world.ts'

/** Where a text is shown: mentions take their names from it. */
export interface TextContext {
  readonly world: World
  readonly guild: Guild
}

/** Discord's markdown as styled text for a terminal of that many columns. Mentions become names, timestamps local times. */
export function renderMarkdown(text: string, context: TextContext, columns: number): string {
  return renderBlocks(parseMarkdown(text), context, columns)
}

/** Blocks such as lists below each other, with the text between them. */
function renderBlocks(nodes: readonly MarkdownNode[], context: TextContext, columns: number): string {
  const blocks: string[] = []
  let text = ''
  const endText = () => {
    // The last line break before a block, or at the end, begins no new line.
    if (text !== '') blocks.push(wrap(text.replace(/\n$/, ''), columns))
    text = ''
  }
  for (const node of nodes) {
    const block = renderBlock(node, context, columns)
    if (block === undefined) text += renderInline(node, context)
    else {
      endText()
      blocks.push(block)
    }
  }
  endText()
  return blocks.join('\n')
}

/** A node that has lines of its own; undefined for one that is part of a line. */
function renderBlock(node: MarkdownNode, context: TextContext, columns: number): string | undefined {
  switch (node.type) {
    case 'quote': {
      const lines = renderBlocks(node.children, context, columns - 2).split('\n')
      return lines.map((line) => faint(`│ ${line}`)).join('\n')
    }
    case 'heading':
      return styleText('bold', renderBlocks(node.children, context, columns))
    case 'small':
      return faint(renderBlocks(node.children, context, columns))
    case 'list':
      return renderList(node, context, columns)
    default:
      return undefined
  }
}

/** A list with its bullets or numbers hanging in a margin. */
function renderList(
  { start, items }: MarkdownNode & { readonly type: 'list' },
  context: TextContext,
  columns: number,
): string {
  const bullets = items.map((_, index) => (start === undefined ? '• ' : `${start + index}. `))
  const margin = Math.max(...bullets.map((bullet) => bullet.length))
  return items
    .flatMap((item, index) => {
      const lines = renderBlocks(item, context, columns - margin).split('\n')
      return lines.map((line, at) => `${(at === 0 ? (bullets[index] ?? '') : '').padStart(margin)}${line}`)
    })
    .join('\n')
}

function renderInline(node: MarkdownNode, context: TextContext): string {
  const { world, guild } = context
  const inner = (nodes: readonly MarkdownNode[]) => nodes.map((each) => renderInline(each, context)).join('')
  switch (node.type) {
    case 'text':
      return node.text
    case 'break':
      return '\n'
    case 'code':
    case 'block':
      return styleText('inverse', node.text)
    case 'user':
      return mention(`@${userName(world, node.id)}`)
    case 'role':
      return mention(`@${guild.roles.get(node.id)?.name ?? 'deleted-role'}`)
    case 'channel':
      return mention(`#${channelName(guild, node.id)}`)
    case 'time':
      return formatTimestamp(node.at, node.style, world.now(), 'en-GB')
    case 'bold':
      return styleText('bold', inner(node.children))
    case 'italic':
      return styleText('italic', inner(node.children))
    case 'list':
      return node.items.map(inner).join('\n')
    default:
      return inner(node.children)
  }
}

export function wrap(text: string, columns: number): string {
  return wrapAnsi(text, columns, { hard: true })
}

export function faint(text: string): string {
  return styleText('gray', text)
}

function mention(text: string): string {
  return styleText('cyan', text)
}

function userName({ users }: World, id: string): string {
  const user = users.get(id)
  return user ? (user.global_name ?? user.username) : 'unknown-user'
}

function channelName({ channels, threads }: Guild, id: string): string {
  return (channels.get(id) ?? threads.get(id))?.name ?? 'unknown'
}
