import { html, nothing, type TemplateResult } from 'lit'
import {
  type ActionField,
  GUILD_ACTION_NAMES,
  GUILD_ACTIONS,
  type GuildActionName,
} from '../../guild-actions.ts'
import type { App } from '../app.ts'
import { sendRequest } from '../send-request.ts'

/** What is chosen in the form. It stays as it is when it was done, so that it can be done again. */
interface Chosen {
  what: GuildActionName
  said: string
}

const chosenBy = new WeakMap<App, Chosen>()

export function actionForm(app: App): TemplateResult {
  const chosen = chosenBy.get(app) ?? { what: 'delete', said: '' }
  chosenBy.set(app, chosen)
  const people = (app.state.guild?.members ?? []).filter(({ group }) => group !== undefined)
  const moderators = people.filter(({ group, bot }) => group !== '' && !bot)
  const asks = GUILD_ACTIONS[chosen.what].asks
  const fields: Readonly<Record<ActionField, () => TemplateResult>> = {
    whom: () => choice('Whom', 'whom', whomFor(chosen.what, app)),
    channel: () =>
      choice(
        'Where',
        'channel',
        named(
          app.state.guild?.channels.filter(({ type: sort }) => sort === 'text'),
          '#',
        ),
      ),
    role: () =>
      choice(
        'Role',
        'role',
        named(
          app.state.guild?.roles.filter(({ name }) => name !== '@everyone'),
          '@',
        ),
      ),
    count: () =>
      html`<label><span>How many</span><input name="count" type="number" min="1" max="100" value="3" /></label>`,
    reason: () => html`<label><span>Reason</span><input name="reason" maxlength="512" /></label>`,
  }
  return html`<form class="deed" @submit=${(event: SubmitEvent) => void submit(event, chosen, app)}>
    ${choice('Who', 'who', named(moderators, ''))}
    <label
      ><span>Does</span
      ><select
        name="what"
        @change=${({ target }: Event) => {
          chosen.what =
            GUILD_ACTION_NAMES.find(
              (activity) => target instanceof HTMLSelectElement && activity === target.value,
            ) ?? 'delete'
          chosen.said = ''
          app.update()
        }}
      >
        ${GUILD_ACTION_NAMES.map((activity) => html`<option value=${activity} ?selected=${activity === chosen.what}>${GUILD_ACTIONS[activity].label}</option>`)}
      </select></label
    >
    ${asks.map((asked) => fields[asked]())}
    <button class="do">Do it</button>
    ${chosen.said === '' ? nothing : html`<p class="hint" role="status">${chosen.said}</p>`}
  </form>`
}

interface Choosable {
  readonly id: string
  readonly label: string
}

function named(things: readonly { id: string; name: string }[] | undefined, sign: string): Choosable[] {
  return (things ?? []).map(({ id, name }) => ({ id, label: `${sign}${name}` }))
}

/** Those in the guild; to lift a ban, those who are not. */
function whomFor(what: GuildActionName, { state }: App): Choosable[] {
  const people = state.guild?.members ?? []
  const isIn = what !== 'unban'
  return named(people.filter(({ group, bot }) => !bot && (group !== undefined) === isIn).reverse(), '')
}

function choice(label: string, name: string, choices: readonly Choosable[]): TemplateResult {
  return html`<label
    ><span>${label}</span
    ><select name=${name}>
      ${choices.map((each) => html`<option value=${each.id}>${each.label}</option>`)}
    </select></label
  >`
}

async function submit(event: SubmitEvent, chosen: Chosen, app: App): Promise<void> {
  event.preventDefault()
  if (!(event.target instanceof HTMLFormElement)) return
  const form = new FormData(event.target)
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const count = text('count')
  const answer = await sendRequest('act', {
    who: text('who') ?? '',
    what: chosen.what,
    whom: text('whom'),
    channel: text('channel'),
    role: text('role'),
    reason: text('reason'),
    ...(count !== undefined && { count: Number(count) }),
  })
  chosen.said = answer.type === 'wrong' ? answer.why : 'Done. It is in the log.'
  app.update()
}
