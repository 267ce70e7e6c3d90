import { html, type TemplateResult } from 'lit'
import { guard } from 'lit/directives/guard.js'
import { keyed } from 'lit/directives/keyed.js'
import { ref } from 'lit/directives/ref.js'
import { repeat } from 'lit/directives/repeat.js'
import type { MessageView } from '../../state/page-state.ts'
import type { App, Notice } from '../app.ts'
import { keepAtEnd } from '../keep-at-end.ts'
import { messageView, noticeView } from './message.ts'

/** How long an author’s next message is shown without a header, in milliseconds. */
const GROUP_WINDOW = 7 * 60_000

/** The messages of the open channel. They are rendered again only if something they show has changed. */
export function conversation(app: App) {
  const { state, channel, notices, dismissed, failed, theme } = app
  const changing = [
    state.version,
    channel,
    notices,
    dismissed.size,
    failed.size,
    theme,
    state.day,
    state.ahead,
  ]
  return guard(changing, () => messageList(app))
}

function messageList(app: App): TemplateResult {
  const messages = app.state.messagesIn(app.channel).filter(({ id }) => !app.dismissed.has(id))
  const notices = app.notices.filter(({ channel }) => channel === app.channel)
  const all: (MessageView | Notice)[] = [...messages, ...notices].sort((a, b) => a.at - b.at)
  const name = app.state.channel(app.channel)?.name ?? ''
  return html`<div class="messages" role="log" aria-label=${`Messages in ${name}`} tabindex="0" ${ref(keepAtEnd)}>
    <div class="welcome"><h2>Welcome to #${name}</h2><p>This is the start of the #${name} channel.</p></div>
    ${keyed(
      app.theme,
      html`<discord-messages no-background ?light-theme=${app.theme === 'light'}>
        ${repeat(
          all,
          ({ id }) => id,
          (each, index) =>
            'text' in each ? noticeView(each, app) : messageView(each, follows(each, all[index - 1]), app),
        )}
      </discord-messages>`,
    )}
  </div>`
}

/** Whether a message is shown without a header, below one by the same author. */
function follows(message: MessageView, before: MessageView | Notice | undefined): boolean {
  if (!before || 'text' in before || message.used || message.ephemeral || before.ephemeral) return false
  return before.author === message.author && message.at - before.at < GROUP_WINDOW
}
