import { html, nothing, type TemplateResult } from 'lit'
import { type Mark, readMarks } from '../../../rendering/markdown.ts'
import { writtenTime } from '../../../rendering/timestamp.ts'
import type { App } from '../app.ts'
import { openMemberMenu } from './member-menu.ts'

type Shown = TemplateResult | string | typeof nothing

/** A text with Discord's markdown. Whatever it holds is shown as text. */
export function marked(text: string, app: App): Shown[] {
  return readMarks(text).map((mark) => show(mark, app))
}

function show(mark: Mark, app: App): Shown {
  const inner = (marks: readonly Mark[]) => marks.map((each) => show(each, app))
  switch (mark.is) {
    case 'text':
      return mark.text
    case 'break':
      return html`<br />`
    case 'code':
      return html`<discord-code>${mark.text}</discord-code>`
    case 'block':
      return html`<pre class="code-block">${mark.text}</pre>`
    case 'user':
      return userMention(mark.id, app)
    case 'role':
      return roleMention(mark.id, app)
    case 'channel':
      return channelMention(mark.id, app)
    case 'time':
      return time(mark.at, mark.style, app)
    case 'link':
      return html`<a class="link" href=${mark.to} target="_blank" rel="noopener noreferrer">${inner(mark.of)}</a>`
    case 'bold':
      return html`<strong>${inner(mark.of)}</strong>`
    case 'italic':
      return html`<em>${inner(mark.of)}</em>`
    case 'underlined':
      return html`<u>${inner(mark.of)}</u>`
    case 'struck':
      return html`<s>${inner(mark.of)}</s>`
    case 'spoiler':
      return html`<discord-spoiler>${inner(mark.of)}</discord-spoiler>`
    case 'quote':
      return html`<discord-quote>${inner(mark.of)}</discord-quote>`
    case 'heading':
      return html`<discord-header level="2">${inner(mark.of)}</discord-header>`
    case 'small':
      return html`<discord-subscript>${inner(mark.of)}</discord-subscript>`
  }
}

/**
 * `@name`, in the colour of their highest role, with the menu of a member. A client knows those who are in the guild;
 * of anyone else it shows the number.
 */
export function userMention(id: string, app: App): TemplateResult {
  const person = app.know.person(id)
  const open = (event: Event) => openMemberMenu(event, id, app)
  return html`<discord-mention
    type="user"
    data-user=${id}
    role="button"
    tabindex="0"
    title=${person?.username ?? id}
    @contextmenu=${open}
    @click=${open}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Enter') open(event)
    }}
    >${person?.group === undefined ? id : person.name}</discord-mention
  >`
}

function roleMention(id: string, app: App): TemplateResult {
  const role = app.know.guild?.roles.find((each) => each.id === id)
  return html`<discord-mention type="role" color=${role?.colour || nothing}>${role?.name ?? 'deleted-role'}</discord-mention>`
}

export function channelMention(id: string, app: App): TemplateResult {
  const channel = app.know.channel(id)
  const sort = channel?.sort === 'text' ? 'channel' : (channel?.sort ?? 'channel')
  return html`<discord-mention type=${sort} @click=${() => channel?.sort === 'text' && app.open(id)}
    >${channel?.name ?? 'unknown'}</discord-mention
  >`
}

/** A time as the reader's own country writes it; the whole of it on hovering. */
export function time(at: number, style: string, app: App): TemplateResult {
  const now = app.know.now()
  return html`<discord-time title=${writtenTime(at, 'F', now)}>${writtenTime(at, style, now)}</discord-time>`
}
