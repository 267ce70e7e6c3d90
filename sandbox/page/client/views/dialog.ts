import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { TextInput } from '../../../world/modal.ts'
import type { App } from '../app.ts'
import { avatarOf } from '../avatar.ts'
import type { OpenDialog } from '../open-dialog.ts'

/** The modal that a bot has shown. Enter submits it and Escape closes it, as the browser does with any dialog. */
export function dialogView(app: App): TemplateResult | typeof nothing {
  const { dialog } = app
  if (!dialog) return nothing
  const { modal, problem, isSending } = dialog
  return html`<dialog class="dialog" aria-labelledby="dialog-title" @close=${() => app.closeDialog()}>
    <form
      novalidate
      @submit=${(event: SubmitEvent) => void submit(event, dialog, app)}
    >
      <header>
        <img src=${avatarOf(undefined, true)} alt="" />
        <h2 id="dialog-title">${modal.title}</h2>
        <button type="button" class="icon" aria-label="Close" @click=${close}>✕</button>
      </header>
      <p class="dialog-note">
        This form will be submitted to Custos. Do not share passwords or other sensitive information.
      </p>
      ${modal.inputs.map((input, index) => inputView(input, index === 0, dialog))}
      ${problem && problem.input === undefined ? html`<p class="failure" role="alert">${problem.text}</p>` : nothing}
      <footer>
        <button type="button" class="do secondary" @click=${close}>Cancel</button>
        <button class="do" ?disabled=${isSending}>${isSending ? 'Submitting…' : 'Submit'}</button>
      </footer>
    </form>
  </dialog>`
}

async function submit(event: SubmitEvent, dialog: OpenDialog, app: App): Promise<void> {
  event.preventDefault()
  if (await app.submitDialog(dialog)) close()
}

function inputView(input: TextInput, isFirst: boolean, { texts, problem }: OpenDialog): TemplateResult {
  const { customId, label, description, placeholder, required, maxLength, isParagraph } = input
  const isInvalid = problem?.input === customId
  const type = ({ target }: Event) => {
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
      texts.set(customId, target.value)
  }
  const value = live(texts.get(customId) ?? '')
  return html`<label class=${isInvalid ? 'is-invalid' : ''}>
    <b>${label}${required ? html`<span class="required" title="Required"> *</span>` : nothing}</b>
    ${description === '' ? nothing : html`<small>${description}</small>`}
    ${
      isParagraph
        ? html`<textarea rows="4" placeholder=${placeholder} maxlength=${maxLength} ?required=${required} ?autofocus=${isFirst} .value=${value} @input=${type}></textarea>`
        : html`<input autocomplete="off" placeholder=${placeholder} maxlength=${maxLength} ?required=${required} ?autofocus=${isFirst} aria-invalid=${isInvalid} .value=${value} @input=${type} />`
    }
    ${isInvalid ? html`<span class="failure" role="alert">${problem.text}</span>` : nothing}
  </label>`
}

/** Opens the dialog that has just been rendered. The browser keeps the focus in it. */
export function showDialog(): void {
  document.querySelector<HTMLDialogElement>('.dialog')?.showModal()
}

/** Closes the dialog. The browser returns the focus, and the `close` event removes it. */
function close(): void {
  document.querySelector<HTMLDialogElement>('.dialog')?.close()
}
