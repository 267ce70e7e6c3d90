import { html, type TemplateResult } from 'lit'
import type { Channel } from '../../state/page-state.ts'
import type { App } from '../app.ts'
import { avatarOf } from '../avatar.ts'
import { openMenu } from './menu.ts'

/** The guild, its channels, and whom the reader is. */
export function channels(app: App): TemplateResult {
  const { name = '', channels: all = [] } = app.know.guild ?? {}
  const of = (sort: Channel['sort']) => all.filter((channel) => channel.sort === sort)
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

function entry({ id, name }: Channel, app: App): TemplateResult {
  const isOpen = id === app.channel
  return html`<button class="channel" aria-current=${isOpen ? 'page' : 'false'} @click=${() => app.open(id)}>
    <span class="hash" aria-hidden="true">#</span>${name}
  </button>`
}

/** Whom the reader is, and whom else they can be. */
function self(app: App): TemplateResult {
  const { as, know } = app
  const { personas = [] } = know.guild ?? {}
  const what = personas.find(({ id }) => id === as)?.what ?? know.person(as)?.group ?? ''
  const items = personas.map((persona) => ({
    label: `${know.nameOf(persona.id)}, ${persona.what}`,
    choose: () => app.be(persona.id),
  }))
  return html`<button
    class="self"
    aria-label=${`You are ${know.nameOf(as)}. Be somebody else`}
    @click=${(event: Event) => openMenu(event, 'Be somebody else', items, app)}
  >
    <img src=${avatarOf(know.person(as), false)} alt="" />
    <span><b>${know.nameOf(as)}</b><small>${what}</small></span>
    <span class="swap" aria-hidden="true">⇄</span>
  </button>`
}
