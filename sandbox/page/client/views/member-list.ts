import { html, type TemplateResult } from 'lit'
import type { UserView } from '../../state/page-state.ts'
import type { App } from '../app.ts'
import { avatarOf } from '../avatar.ts'
import { openMemberMenu } from './member-menu.ts'

/** The server's members, grouped by role. */
export function memberList(app: App): TemplateResult {
  const members = (app.state.guild?.users ?? []).filter(({ group }) => group !== undefined)
  const groups = Map.groupBy(members, ({ group }) => group || 'Members')
  const sorted = [...groups].sort(([a], [b]) => Number(a === 'Members') - Number(b === 'Members'))
  return html`<div class="people" role="tabpanel" aria-label="Members">
    <p class="hint">A member’s menu has Custos’s commands about them, and lets you switch to them.</p>
    ${sorted.map(
      ([group, those]) => html`<div class="heading">${group} — ${those.length}</div>
        ${those.map((user) => memberView(user, app))}`,
    )}
  </div>`
}

function memberView(user: UserView, app: App): TemplateResult {
  const { id, name, colour, bot, isOwner } = user
  const open = (event: Event) => openMemberMenu(event, id, app)
  return html`<button class="member" aria-haspopup="menu" @click=${open} @contextmenu=${open}>
    <img src=${avatarOf(user, id === app.state.guild?.bot)} alt="" />
    <span style=${colour === '' ? '' : `color: ${colour}`}>${name}</span>
    ${isOwner ? html`<span class="crown" role="img" aria-label="Owner" title="Owner">👑</span>` : ''}
    ${bot ? html`<small class="tag">APP</small>` : ''}
  </button>`
}
