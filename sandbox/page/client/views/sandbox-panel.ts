import { html, type TemplateResult } from 'lit'
import { FAULT_NAMES, FAULT_SWITCHES, type FaultName } from '../../fault-switches.ts'
import type { App } from '../app.ts'
import { sendRequest } from '../send-request.ts'
import { actionForm } from './action-form.ts'
import { logPanel } from './log-panel.ts'

const TIME_STEPS = [
  ['An hour', 1],
  ['A day', 24],
  ['A week', 24 * 7],
  ['A month', 24 * 30],
] as const

/** What a real Discord client does not have: controls for the server, and Discord's own log to compare with. */
export function sandboxPanel(app: App): TemplateResult {
  return html`<div class="sandbox-panel" role="tabpanel" aria-label="Sandbox">
    <details open>
      <summary>Make something happen</summary>
      ${actionForm(app)}
    </details>
    <details open>
      <summary>Watch a raid</summary>
      ${raidControls(app)}
    </details>
    <details open>
      <summary>Let time pass</summary>
      ${timeControls(app)}
    </details>
    <details>
      <summary>Break something</summary>
      ${faultControls(app)}
    </details>
    <section aria-label="Discord’s own audit log">${logPanel(app)}</section>
  </div>`
}

/** A button that has a raid happen, and those that let Custos tell of it. */
function raidControls(app: App): TemplateResult {
  const { guild, bot } = app.state
  const modLog = guild?.channels.find(({ name }) => name === 'mod-log')
  const moderator = guild?.roles.find(({ name }) => name === 'Moderator')
  const to = { option: 'to', text: '#mod-log', value: modLog?.id ?? '' }
  const bans = { option: 'action', text: 'Mass bans & kicks', value: 'Mass bans & kicks' }
  const ping = { option: 'ping', text: '@Moderator', value: moderator?.id ?? '' }
  return html`<div class="row">
      <button class="do" ?disabled=${bot?.isRaid === true} @click=${() => void sendRequest('raid', {})}>Raid</button>
      <button class="small" @click=${() => app.prepareCommand('custos feed add', [to])}>Set a feed…</button>
      <button class="small" @click=${() => app.prepareCommand('custos alert add', [to, bans, ping])}>Set an alert…</button>
    </div>
    <p class="hint" role="status">
      ${bot?.isRaid === true ? 'Accounts join and are banned, and a moderator’s account is taken over. It takes a minute.' : 'For a minute, much happens at once. Set a feed or an alert first, and open #mod-log to watch it arrive.'}
    </p>`
}

function timeControls({ state }: App): TemplateResult {
  const isTimePassing = state.bot?.isTimePassing === true
  const now = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(
    state.now(),
  )
  return html`<div class="row">
      ${TIME_STEPS.map(
        ([label, hours]) =>
          html`<button class="small" ?disabled=${isTimePassing} @click=${() => void sendRequest('pass', { hours })}>${label}</button>`,
      )}
    </div>
    <p class="hint" role="status">It is ${now}${isTimePassing ? ', and time is passing…' : '.'}</p>`
}

function faultControls({ state }: App): TemplateResult {
  const active = state.bot?.faults ?? []
  return html`${FAULT_NAMES.map((name) => faultSwitch(name, active.includes(name)))}
    <button class="small" @click=${() => void sendRequest('drop', {})}>Drop the connection once</button>`
}

function faultSwitch(name: FaultName, isOn: boolean): TemplateResult {
  const { label, hint } = FAULT_SWITCHES[name]
  const toggle = ({ target }: Event) => {
    if (target instanceof HTMLInputElement) void sendRequest('fault', { name, on: target.checked })
  }
  return html`<label class="fault"
    ><input type="checkbox" role="switch" .checked=${isOn} @change=${toggle} /><span
      ><b>${label}</b><small>${hint}</small></span
    ></label
  >`
}
