import { html, nothing, type TemplateResult } from 'lit'
import { guard } from 'lit/directives/guard.js'
import { repeat } from 'lit/directives/repeat.js'
import { formatTimestamp } from '../../../rendering/timestamp.ts'
import type { LogLine, LogView } from '../../state/page-state.ts'
import type { App } from '../app.ts'

/** Discord's own audit log, to compare with Custos's replies. It is rendered again only if it has changed. */
export function logPanel(app: App) {
  const { log, guild, ahead } = app.state
  return guard([log, guild, ahead], () => (log ? panel(log, app) : nothing))
}

function panel(log: LogView, app: App): TemplateResult {
  return html`<h2 class="log-title">Discord’s own audit log</h2>
    <p class="hint">What really happened. Discord keeps it for ${log.retentionDays} days.</p>
    <table class="log-counts">
      <thead><tr><th scope="col">Within</th><th scope="col">Entries</th><th scope="col">Messages deleted</th></tr></thead>
      <tbody>
        ${log.counts.map(
          ({ window, entries, deleted }) =>
            html`<tr><th scope="row">${window}</th><td>${number(entries)}</td><td>${number(deleted)}</td></tr>`,
        )}
      </tbody>
    </table>
    <ol class="log">
      ${repeat(
        log.lines,
        ({ id }) => id,
        (line) => lineView(line, app),
      )}
    </ol>`
}

function lineView(line: LogLine, app: App): TemplateResult {
  const { id, at, action, by, count, reason } = line
  const now = app.state.now()
  return html`<li data-entry=${id}>
    <div><b>${action}</b>${count > 1 ? html` <span class="count">×${count}</span>` : nothing}<time title=${formatTimestamp(at, 'F', now)}><live-time .at=${at} .now=${() => app.state.now()}></live-time></time></div>
    <div class="log-who">${[by === null ? 'unknown' : app.state.nameOf(by), ...targetAndChannel(line, app)].join(' → ')}</div>
    ${reason === '' ? nothing : html`<div class="log-reason">${reason}</div>`}
  </li>`
}

/** The target and the channel, by name. */
function targetAndChannel({ on, channel }: LogLine, { state }: App): string[] {
  const named = state.user(on)?.name ?? state.guild?.roles.find(({ id }) => id === on)?.name
  const target = named ?? (state.channel(on) ? `#${state.channel(on)?.name}` : on)
  const channelName = channel === '' ? '' : `#${state.channel(channel)?.name ?? 'unknown'}`
  return [target, channelName].filter((part) => part !== '')
}

function number(value: number): string {
  return value.toLocaleString('en')
}
