import { html, type TemplateResult } from 'lit'
import type { ChannelView } from '../../state/page-state.ts'
import type { App } from '../app.ts'
import { avatarOf } from '../avatar.ts'
import { openMenu } from './menu.ts'

/** The guild, its channels, and whom the reader is. */
export function channelList(app: App): TemplateResult {
  const { name = '', channels: all = [] } = app.state.guild ?? {}
  const of = (sort: ChannelView['type']) => all.filter((channel) => channel.type === sort)
  return html`<nav class="channels" aria-label="Channels">
    <div class="guild">${name}</div>
    <div class="channel-list">
      <div class="heading">Text channels</div>
      ${of('text').map((channel) => entry(channel, app))}
      <div class="heading">Voice channels</div>
      ${of('voice').map(({ name: voice }) => html`<div class="channel voice"><span aria-hidden="true">🔊</span>${voice}</div>`)}
    </div>
    ${self(app)}
  </nav>`
}

function entry({ id, name }: ChannelView, app: App): TemplateResult {
  const isOpen = id === app.channel
  return html`<button class="channel" aria-current=${isOpen ? 'page' : 'false'} @click=${() => app.open(id)}>
    <span class="hash" aria-hidden="true">#</span>${name}
  </button>`
}

/** Whom the reader is, and whom else they can be. */
function self(app: App): TemplateResult {
  const { as, state } = app
  const { suggestedMembers = [] } = state.guild ?? {}
  const what = suggestedMembers.find(({ id }) => id === as)?.what ?? state.member(as)?.group ?? ''
  const items = suggestedMembers.map((persona) => ({
    label: `${state.nameOf(persona.id)}, ${persona.what}`,
    choose: () => app.switchTo(persona.id),
  }))
  return html`<button
    class="self"
    aria-label=${`You are ${state.nameOf(as)}. Be somebody else`}
    @click=${(event: Event) => openMenu(event, 'Be somebody else', items, app)}
  >
    <img src=${avatarOf(state.member(as), false)} alt="" />
    <span><b>${state.nameOf(as)}</b><small>${what}</small></span>
    <span class="swap" aria-hidden="true">⇄</span>
  </button>`
}
