import { html, nothing, type TemplateResult } from 'lit'
import type { BotView } from '../../state/page-state.ts'
import type { App } from '../app.ts'
import { composerView } from '../composer/view.ts'
import { channelList } from './channel-list.ts'
import { conversation } from './conversation.ts'
import { memberList } from './member-list.ts'
import { contextMenu } from './menu.ts'
import { sandboxPanel } from './sandbox-panel.ts'

/** The whole page. */
export function shell(app: App): TemplateResult {
  if (!app.state.guild) return html`<p class="loading" role="status">The guild is being founded…</p>`
  const { drawer } = app
  return html`<div class="shell ${drawer ? `shows-${drawer}` : ''}">
      ${channelList(app)}
      <main>${header(app)} ${conversation(app)} ${composerView(app)}</main>
      <aside class="side" aria-label="Beside the conversation">
        <div class="tabs" role="tablist">
          ${tab('backstage', 'Backstage', app)} ${tab('members', 'Members', app)}
          <button class="icon close" aria-label="Close" @click=${() => slide(undefined, app)}>✕</button>
        </div>
        ${app.side === 'backstage' ? sandboxPanel(app) : memberList(app)}
      </aside>
      ${drawer ? html`<div class="veil" @click=${() => slide(undefined, app)}></div>` : nothing}
    </div>
    ${contextMenu(app)}`
}

function header(app: App): TemplateResult {
  const channel = app.state.channel(app.channel)
  const other = app.theme === 'dark' ? 'light' : 'dark'
  return html`<header class="top">
    <button class="icon narrow" aria-label="Channels" @click=${() => slide('channels', app)}>☰</button>
    <h1><span class="hash">#</span>${channel?.name ?? ''}</h1>
    ${botState(app)}
    <button class="icon" aria-label=${`Switch to the ${other} theme`} title=${`Switch to the ${other} theme`} @click=${() => app.setTheme(other)}>
      ${app.theme === 'dark' ? '☀' : '☾'}
    </button>
    <button class="icon narrow-side" aria-label="Backstage and members" @click=${() => slide('side', app)}>⋮</button>
  </header>`
}

const STATES: Readonly<Record<BotView['state'], string>> = {
  starting: 'Custos is starting',
  reading: 'Custos is reading the log',
  watching: 'Custos is on watch',
  away: 'Custos has lost the gateway',
  stopped: 'Custos is stopped',
}

function botState({ state: know, isConnected }: App): TemplateResult {
  if (!isConnected)
    return html`<span class="state" role="status" data-state="stopped"><i></i><b>The sandbox is gone</b></span>`
  const { state = 'starting', lastLogMessage: said = '' } = know.bot ?? {}
  return html`<span class="state" role="status" data-state=${state} title=${said}><i></i><b>${STATES[state]}</b></span>`
}

function tab(name: App['side'], label: string, app: App): TemplateResult {
  return html`<button role="tab" aria-selected=${app.side === name} @click=${() => {
    app.side = name
    app.update()
  }}>${label}</button>`
}

function slide(drawer: App['drawer'], app: App): void {
  app.drawer = drawer
  app.update()
}
