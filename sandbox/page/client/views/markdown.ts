import { html, nothing, type TemplateResult } from 'lit'
import { type MarkdownNode, parseMarkdown } from '../../../rendering/markdown.ts'
import { formatTimestamp } from '../../../rendering/timestamp.ts'
import type { App } from '../app.ts'
import { openMemberMenu } from './member-menu.ts'

type Shown = TemplateResult | string | typeof nothing

/** Renders Discord's markdown. HTML in it is shown as text. */
export function markdown(text: string, app: App): Shown[] {
  return parseMarkdown(text).map((node) => show(node, app))
}

function show(node: MarkdownNode, app: App): Shown {
  const inner = (nodes: readonly MarkdownNode[]) => nodes.map((each) => show(each, app))
  switch (node.type) {
    case 'text':
      return node.text
    case 'break':
      return html`<br />`
    case 'code':
      return html`<discord-code>${node.text}</discord-code>`
    case 'block':
      return html`<pre class="code-block">${node.text}</pre>`
    case 'user':
      return userMention(node.id, app)
    case 'role':
      return roleMention(node.id, app)
    case 'channel':
      return channelMention(node.id, app)
    case 'time':
      return time(node.at, node.style, app)
    case 'link':
      return html`<a class="link" href=${node.url} target="_blank" rel="noopener noreferrer">${inner(node.children)}</a>`
    case 'bold':
      return html`<strong>${inner(node.children)}</strong>`
    case 'italic':
      return html`<em>${inner(node.children)}</em>`
    case 'underlined':
      return html`<u>${inner(node.children)}</u>`
    case 'struck':
      return html`<s>${inner(node.children)}</s>`
    case 'spoiler':
      return html`<discord-spoiler>${inner(node.children)}</discord-spoiler>`
    case 'quote':
      return html`<discord-quote>${inner(node.children)}</discord-quote>`
    case 'heading':
      return html`<discord-header level="2">${inner(node.children)}</discord-header>`
    case 'small':
      return html`<discord-subscript>${inner(node.children)}</discord-subscript>`
    case 'list':
      return listView(node, inner)
  }
}

/** A list. Its numbers hang in a margin that is as wide as the longest of them. */
function listView(
  { start, items }: MarkdownNode & { readonly type: 'list' },
  inner: (nodes: readonly MarkdownNode[]) => Shown[],
): TemplateResult {
  const entries = items.map((item) => html`<li>${inner(item)}</li>`)
  if (start === undefined) return html`<ul>${entries}</ul>`
  const digits = String(start + items.length - 1).length
  return html`<ol start=${start} style=${`--digits: ${digits}`}>${entries}</ol>`
}

/**
 * `@name`, with the member's menu. Discord's client knows the names of members only; for other users it shows the id.
 */
function userMention(id: string, app: App): TemplateResult {
  const user = app.state.user(id)
  const open = (event: Event) => openMemberMenu(event, id, app)
  return html`<discord-mention
    type="user"
    data-user=${id}
    role="button"
    tabindex="0"
    title=${user?.username ?? id}
    @contextmenu=${open}
    @click=${open}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Enter') open(event)
    }}
    >${user?.group === undefined ? id : user.name}</discord-mention
  >`
}

function roleMention(id: string, app: App): TemplateResult {
  const role = app.state.guild?.roles.find((each) => each.id === id)
  return html`<discord-mention type="role" color=${role?.colour || nothing}>${role?.name ?? 'deleted-role'}</discord-mention>`
}

function channelMention(id: string, app: App): TemplateResult {
  const channel = app.state.channel(id)
  const type = channel?.type === 'text' ? 'channel' : (channel?.type ?? 'channel')
  return html`<discord-mention type=${type} @click=${() => channel?.type === 'text' && app.openChannel(id)}
    >${channel?.name ?? 'unknown'}</discord-mention
  >`
}

/** A time in the reader's locale, with the full date on hover. */
function time(at: number, style: string, app: App): TemplateResult {
  const now = app.state.now()
  const text =
    style === 'R'
      ? html`<live-time .at=${at} .now=${() => app.state.now()}></live-time>`
      : formatTimestamp(at, style, now)
  return html`<discord-time title=${formatTimestamp(at, 'F', now)}>${text}</discord-time>`
}
