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
  return html`<label class="fault"
    ><input type="checkbox" role="switch" .checked=${isOn} @change=${() => void sendRequest('fault', { name, on: !isOn })} /><span
      ><b>${label}</b><small>${hint}</small></span
    ></label
  >`
}
