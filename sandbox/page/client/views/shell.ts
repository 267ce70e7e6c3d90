import { html, nothing, type TemplateResult } from 'lit'
import type { BotView } from '../../state/page-state.ts'
import type { App } from '../app.ts'
import { composerView } from '../composer/view.ts'
import { channelList } from './channel-list.ts'
import { conversation } from './conversation.ts'
import { dialogView } from './dialog.ts'
import { memberList } from './member-list.ts'
import { contextMenu } from './menu.ts'
import { sandboxPanel } from './sandbox-panel.ts'

/** The whole page. */
export function shell(app: App): TemplateResult {
  if (!app.state.guild) return html`<p class="loading" role="status">Loading…</p>`
  const { drawer } = app
  return html`<div class="shell ${drawer ? `shows-${drawer}` : ''}">
      ${channelList(app)}
      <main>${header(app)} ${conversation(app)} ${composerView(app.composer, app.state.channel(app.channel)?.name ?? '')}</main>
      <aside class="side" aria-label="Sandbox and members">
        <div class="tabs" role="tablist">
          ${tab('sandbox', 'Sandbox', app)} ${tab('members', 'Members', app)}
          <button class="icon close" aria-label="Close" @click=${() => openDrawer(undefined, app)}>✕</button>
        </div>
        ${app.side === 'sandbox' ? sandboxPanel(app) : memberList(app)}
      </aside>
      ${drawer ? html`<div class="veil" @click=${() => openDrawer(undefined, app)}></div>` : nothing}
    </div>
    ${contextMenu(app)} ${dialogView(app)}`
}

function header(app: App): TemplateResult {
  const channel = app.state.channel(app.channel)
  const other = app.theme === 'dark' ? 'light' : 'dark'
  return html`<header class="top">
    <button class="icon narrow" aria-label="Channels" @click=${() => openDrawer('channels', app)}>☰</button>
    <h1><span class="hash">#</span>${channel?.name ?? ''}</h1>
    ${botState(app)}
    <button class="icon" aria-label=${`Switch to the ${other} theme`} title=${`Switch to the ${other} theme`} @click=${() => app.setTheme(other)}>
      ${app.theme === 'dark' ? '☀' : '☾'}
    </button>
    <button class="icon narrow-side" aria-label="Sandbox and members" @click=${() => openDrawer('side', app)}>⋮</button>
  </header>`
}

const STATES: Readonly<Record<BotView['state'], string>> = {
  starting: 'Custos is starting',
  reading: 'Custos is reading the log',
  connected: 'Custos is connected',
  disconnected: 'Custos is disconnected',
  stopped: 'Custos is stopped',
}

function botState({ state: { bot }, isConnected }: App): TemplateResult {
  if (!isConnected)
    return html`<span class="state" role="status" data-state="stopped"><i></i><b>The sandbox has stopped</b></span>`
  const { state = 'starting', lastLogMessage = '' } = bot ?? {}
  return html`<span class="state" role="status" data-state=${state} title=${lastLogMessage}><i></i><b>${STATES[state]}</b></span>`
}

function tab(name: App['side'], label: string, app: App): TemplateResult {
  return html`<button role="tab" aria-selected=${app.side === name} @click=${() => {
    app.side = name
    app.update()
  }}>${label}</button>`
}

function openDrawer(drawer: App['drawer'], app: App): void {
  app.drawer = drawer
  app.update()
}
