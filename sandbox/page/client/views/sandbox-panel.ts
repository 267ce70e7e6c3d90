import { html, nothing, type TemplateResult } from 'lit'
import { FAULT_NAMES, FAULT_SWITCHES, type FaultName } from '../../guild-actions.ts'
import type { App } from '../app.ts'
import { sendRequest } from '../send-request.ts'
import { actionForm } from './action-form.ts'
import { logPanel } from './log-panel.ts'

const SPANS = [
  ['An hour', 1],
  ['A day', 24],
  ['A week', 24 * 7],
  ['A month', 24 * 30],
] as const

/** What the audience does not see: where things are made to happen, and Discord's own log to compare with. */
export function sandboxPanel(app: App): TemplateResult {
  return html`<div class="backstage" role="tabpanel" aria-label="Backstage">
    <details open>
      <summary>Make something happen</summary>
      ${actionForm(app)}
    </details>
    <details open>
      <summary>Let time pass</summary>
      ${timePasses(app)}
    </details>
    <details>
      <summary>Break something</summary>
      ${faults(app)}
    </details>
    <section aria-label="Discord’s own audit log">${logPanel(app)}</section>
  </div>`
}

function timePasses({ state }: App): TemplateResult {
  const passes = state.bot?.isTimePassing === true
  const now = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(
    state.now(),
  )
  return html`<div class="row">
      ${SPANS.map(
        ([label, hours]) =>
          html`<button class="small" ?disabled=${passes} @click=${() => void sendRequest('pass', { hours })}>${label}</button>`,
      )}
    </div>
    <p class="hint" role="status">It is ${now}${passes ? ', and time flies…' : '.'}</p>`
}

function faults({ state }: App): TemplateResult {
  const on = state.bot?.faults ?? []
  return html`${FAULT_NAMES.map((what) => fault(what, on.includes(what)))}
    <button class="small" @click=${() => void sendRequest('drop', {})}>Drop the connection once</button>`
}

function fault(what: FaultName, isOn: boolean): TemplateResult {
  const { label, hint } = FAULT_SWITCHES[what]
  return html`<label class="fault"
    ><input type="checkbox" role="switch" .checked=${isOn} @change=${() => void sendRequest('fault', { what, on: !isOn })} /><span
      ><b>${label}</b>${hint === '' ? nothing : html`<small>${hint}</small>`}</span
    ></label
  >`
}
