import { html, nothing, type TemplateResult } from 'lit'
import {
  type ActionField,
  GUILD_ACTION_NAMES,
  GUILD_ACTIONS,
  type GuildActionName,
} from '../../guild-actions.ts'
import type { App } from '../app.ts'
import { sendRequest } from '../send-request.ts'

/** The state of the form. It is not reset after sending, so that an action can be repeated. */
interface FormState {
  action: GuildActionName
  message: string
}

const formStates = new WeakMap<App, FormState>()

/** A form that makes a moderator take an action. */
export function actionForm(app: App): TemplateResult {
  const form = formStates.get(app) ?? { action: 'delete', message: '' }
  formStates.set(app, form)
  const { users = [], channels = [], roles = [] } = app.state.guild ?? {}
  const moderators = users.filter(({ group, bot }) => group !== undefined && group !== '' && !bot)
  const textChannels = channels.filter(({ type }) => type === 'text')
  const ownRoles = roles.filter(({ name }) => name !== '@everyone')
  const fields: Readonly<Record<ActionField, () => TemplateResult>> = {
    member: () => select('Member', 'member', named(targetsOf(form.action, app), '')),
    channel: () => select('Channel', 'channel', named(textChannels, '#')),
    role: () => select('Role', 'role', named(ownRoles, '@')),
    count: () =>
      html`<label><span>Count</span><input name="count" type="number" min="1" max="100" value="3" /></label>`,
    reason: () => html`<label><span>Reason</span><input name="reason" maxlength="512" /></label>`,
  }
  return html`<form class="action-form" @submit=${(event: SubmitEvent) => void submit(event, form, app)}>
    ${select('Moderator', 'actor', named(moderators, ''))}
    <label
      ><span>Action</span
      ><select
        name="action"
        @change=${({ target }: Event) => {
          form.action =
            GUILD_ACTION_NAMES.find((name) => target instanceof HTMLSelectElement && name === target.value) ??
            'delete'
          form.message = ''
          app.update()
        }}
      >
        ${GUILD_ACTION_NAMES.map(
          (name) =>
            html`<option value=${name} ?selected=${name === form.action}>${GUILD_ACTIONS[name].label}</option>`,
        )}
      </select></label
    >
    ${GUILD_ACTIONS[form.action].fields.map((field) => fields[field]())}
    <button class="do">Do it</button>
    ${form.message === '' ? nothing : html`<p class="hint" role="status">${form.message}</p>`}
  </form>`
}

interface Choice {
  readonly id: string
  readonly label: string
}

function named(entities: readonly { id: string; name: string }[], prefix: string): Choice[] {
  return entities.map(({ id, name }) => ({ id, label: `${prefix}${name}` }))
}

/** The users an action can be taken on: members, or for an unban everyone else. Newest first. */
function targetsOf(action: GuildActionName, { state }: App) {
  const users = state.guild?.users ?? []
  const isMember = action !== 'unban'
  return users.filter(({ group, bot }) => !bot && (group !== undefined) === isMember).reverse()
}

function select(label: string, name: string, choices: readonly Choice[]): TemplateResult {
  return html`<label
    ><span>${label}</span
    ><select name=${name}>
      ${choices.map((choice) => html`<option value=${choice.id}>${choice.label}</option>`)}
    </select></label
  >`
}

async function submit(event: SubmitEvent, form: FormState, app: App): Promise<void> {
  event.preventDefault()
  if (!(event.target instanceof HTMLFormElement)) return
  const data = new FormData(event.target)
  const text = (name: string) => {
    const value = data.get(name)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const count = text('count')
  const result = await sendRequest('act', {
    actor: text('actor') ?? '',
    action: form.action,
    member: text('member'),
    channel: text('channel'),
    role: text('role'),
    reason: text('reason'),
    ...(count !== undefined && { count: Number(count) }),
  })
  form.message = result.type === 'rejected' ? result.message : 'Done. It is in the log.'
  app.update()
}
