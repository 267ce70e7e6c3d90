import { html, nothing, type TemplateResult } from 'lit'
import type { ChannelView } from '../../state/page-state.ts'
import type { App } from '../app.ts'
import { avatarOf } from '../avatar.ts'
import { openMenu } from './menu.ts'

/** The server's name, its channels, and the current member. */
export function channelList(app: App): TemplateResult {
  const { name = '', channels: all = [] } = app.state.guild ?? {}
  const ofType = (type: ChannelView['type']) => all.filter((channel) => channel.type === type)
  return html`<nav class="channels" aria-label="Channels">
    <div class="guild">${name}</div>
    <div class="channel-list">
      <div class="heading">Text channels</div>
      ${ofType('text').map((channel) => entry(channel, app))}
      ${ofType('direct').length > 0 ? html`<div class="heading">Direct messages</div>` : nothing}
      ${ofType('direct').map((channel) => entry(channel, app))}
      <div class="heading">Voice channels</div>
      ${ofType('voice').map(({ name: voice }) => html`<div class="channel voice"><span aria-hidden="true">🔊</span>${voice}</div>`)}
    </div>
    ${currentMember(app)}
  </nav>`
}

function entry({ id, name, type }: ChannelView, app: App): TemplateResult {
  const isOpen = id === app.channel
  const { messages, mentions } = app.unreadIn(id)
  return html`<button
    class="channel ${messages > 0 ? 'unread' : ''}"
    aria-current=${isOpen ? 'page' : 'false'}
    aria-label=${messages > 0 ? `${name}, ${messages} unread` : nothing}
    @click=${() => app.openChannel(id)}
  >
    <span class="hash" aria-hidden="true">${type === 'direct' ? '@' : '#'}</span>${name}
    ${mentions > 0 ? html`<span class="mentions">${mentions}</span>` : nothing}
  </button>`
}

/** The current member, with a menu to switch to another. */
function currentMember(app: App): TemplateResult {
  const { as, state } = app
  const { suggestedMembers = [] } = state.guild ?? {}
  const description = suggestedMembers.find(({ id }) => id === as)?.description ?? state.user(as)?.group ?? ''
  const items = suggestedMembers.map(({ id, description }) => ({
    label: `${state.nameOf(id)}, ${description}`,
    choose: () => app.switchTo(id),
  }))
  return html`<button
    class="self"
    aria-label=${`You are ${state.nameOf(as)}. Switch to another member`}
    @click=${(event: Event) => openMenu(event, 'Switch to another member', items, app)}
  >
    <img src=${avatarOf(state.user(as), false)} alt="" />
    <span><b>${state.nameOf(as)}</b><small>${description}</small></span>
    <span class="swap" aria-hidden="true">⇄</span>
  </button>`
}
