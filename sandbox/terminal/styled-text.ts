import { styleText } from 'node:util'
import { type MarkdownNode, parseMarkdown } from '../rendering/markdown.ts'
import { formatTimestamp } from '../rendering/timestamp.ts'
import type { Guild } from '../world/guild.ts'
import type { World } from '../world/world.ts'

/** Where a text is shown: mentions take their names from it. */
export interface TextContext {
  readonly world: World
  readonly guild: Guild
}

/** Discord's markdown as styled terminal text: mentions become names, timestamps local times. */
export function styled(text: string, context: TextContext): string {
  return parseMarkdown(text)
    .map((node) => show(node, context))
    .join('')
}

function show(node: MarkdownNode, context: TextContext): string {
  const { world, guild } = context
  const inner = (nodes: readonly MarkdownNode[]) => nodes.map((each) => show(each, context)).join('')
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
    case 'heading':
      return styleText('bold', inner(node.children))
    case 'italic':
      return styleText('italic', inner(node.children))
    case 'quote':
      return `${faint(`│ ${inner(node.children).trimEnd()}`)}\n`
    default:
      return inner(node.children)
  }
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
