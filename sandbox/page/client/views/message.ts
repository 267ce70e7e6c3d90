import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { formatTimestamp } from '../../../rendering/timestamp.ts'
import type { FileView, MessageView, UsedCommand } from '../../state/page-state.ts'
import type { App, Notice } from '../app.ts'
import { avatarOf } from '../avatar.ts'
import { embedView } from './embed.ts'
import { markdown } from './markdown.ts'
import { openMemberMenu, openMessageMenu } from './member-menu.ts'
import { messageComponents } from './message-components.ts'

/** @param follows whether it is shown without a header, below a message by the same author */
export function messageView(message: MessageView, follows: boolean, app: App): TemplateResult {
  const { id, ephemeral, thinking, content, embeds, files, edited, used } = message
  const inEmbeds = new Set(embeds.map(({ image }) => image))
  return html`<discord-message
    id=${`message-${id}`}
    role="article"
    aria-label=${`Message by ${app.state.nameOf(message.author)}`}
    author=${app.state.nameOf(message.author)}
    avatar=${avatarOf(app.state.user(message.author), message.author === app.state.guild?.bot)}
    role-color=${app.state.user(message.author)?.colour ?? ''}
    .timestamp=${stamp(message.at, follows, app)}
    ?bot=${app.state.user(message.author)?.bot ?? false}
    ?verified=${message.author === app.state.guild?.bot}
    ?ephemeral=${ephemeral}
    ?highlight=${message.isMention}
    ?edited=${edited && !ephemeral && embeds.length === 0}
    ?message-body-only=${follows}
    .dismissMessageClicked=${() => {
      app.dismissed.add(id)
      app.update()
    }}
    @contextmenu=${(event: MouseEvent) => openFor(event, message, app)}
  >
    ${used ? usedView(used, app) : nothing}
    ${thinking ? html`<span class="thinking" role="status">Custos is thinking<i></i><i></i><i></i></span>` : markdown(content, app)}
    ${repeat(
      embeds,
      // Counted from the last, so that one that is added above, such as a chart, moves no other.
      (_, index) => embeds.length - index,
      (embed) => embedView(embed, files, app),
    )}
    ${files.filter(({ url }) => !inEmbeds.has(url)).map(fileView)} ${messageComponents(message, app)}
    ${app.failed.has(id) ? html`<div slot="components" class="failure" role="alert">This interaction failed</div>` : nothing}
    <button class="more" slot="components" aria-label="Menu of this message" @click=${(event: Event) => openMessageMenu(event, message, app)}>
      ⋯
    </button>
  </discord-message>`
}

/** A message from the member's own client, in place of a reply. */
export function noticeView({ id, at, used, text }: Notice, app: App): TemplateResult {
  return html`<discord-message
    ephemeral
    role="alert"
    author=${app.state.nameOf(app.state.guild?.bot ?? '')}
    avatar=${avatarOf(undefined, true)}
    bot
    verified
    .timestamp=${stamp(at, false, app)}
    .dismissMessageClicked=${() => {
      app.notices = app.notices.filter((notice) => notice.id !== id)
      app.update()
    }}
    >${used ? usedView(used, app) : nothing}<span class="failure">${text}</span></discord-message
  >`
}

/** “Alice used /audit user”, above an answer. */
function usedView({ by, command, kind, target }: UsedCommand, app: App): TemplateResult {
  const user = app.state.user(by)
  const on = target === undefined ? undefined : app.state.user(target)
  return html`<discord-command
    slot="reply"
    type=${`${kind === 'slash' ? 'slash' : 'user'}_command`}
    author=${user?.name ?? ''}
    avatar=${avatarOf(user, false)}
    role-color=${user?.colour ?? ''}
    command=${command}
    context-user-name=${on?.name ?? ''}
    context-user-image=${avatarOf(on, on?.id === app.state.guild?.bot)}
    context-user-role-color=${on?.colour ?? ''}
  ></discord-command>`
}

function fileView({ name, size, url, isImage, description }: FileView): TemplateResult {
  if (isImage) {
    return html`<a slot="attachments" class="picture" href=${url} target="_blank"><img src=${url} alt=${description || name} /></a>`
  }
  const kilobytes = (size / 1024).toLocaleString(undefined, { maximumFractionDigits: 2 })
  return html`<div slot="attachments" class="file">
    <a class="link" href=${url} download=${name}>${name}</a><small>${kilobytes} KB</small>
  </div>`
}

/** The time of a message; without the date if it follows another. */
function stamp(at: number, follows: boolean, app: App): string {
  const now = app.state.now()
  const clock = formatTimestamp(at, 't', now)
  if (follows) return clock
  const day = new Date(at).toDateString()
  if (day === new Date(now).toDateString()) return clock
  if (day === new Date(now - 86_400_000).toDateString()) return `Yesterday at ${clock}`
  return `${formatTimestamp(at, 'd', now)}, ${clock}`
}

/** Opens the author's menu on the avatar or name, and the message's menu elsewhere. */
function openFor(event: MouseEvent, message: MessageView, app: App): void {
  const isOnAuthor = event
    .composedPath()
    .some((each) => each instanceof Element && each.matches('.discord-author-avatar, discord-author-info'))
  if (isOnAuthor) openMemberMenu(event, message.author, app)
  else openMessageMenu(event, message, app)
}
