import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { Composer } from './composer.ts'
import type { Draft, InputId } from './draft.ts'
import { handleKey } from './keys.ts'
import type { Pill } from './pill.ts'
import type { Suggestion } from './suggestions.ts'

export function composerView(composer: Composer, channelName: string): TemplateResult {
  const { draft, problem } = composer
  return html`<div class="composer" @focusout=${(event: FocusEvent) => onFocusOut(event, composer)}>
    ${problem ? html`<p class="problem" role="alert">${problem.text}</p>` : nothing}
    ${composer.isSending ? html`<p class="sending" role="status">Sending command…</p>` : nothing} ${suggestions(composer)}
    <div class="line">
      ${
        draft.command
          ? html`<span class="slash" title=${draft.command.description}>/${draft.command.path}</span>
              ${draft.pills.map((pill, index) => pillView(pill, index, composer))}
              ${input('rest', draft.rest, composer, {
                label: 'Another option',
                placeholder: restHint(draft),
              })}`
          : input('text', draft.text, composer, {
              label: `Message #${channelName}`,
              placeholder: `Message #${channelName}, or / for commands`,
            })
      }
      <button class="send" aria-label="Send" @mousedown=${(event: Event) => event.preventDefault()} @click=${() => void composer.send()}>➤</button>
    </div>
  </div>`
}

function restHint({ command, pills }: Draft): string {
  const left = (command?.options.length ?? 0) - pills.length
  return left > 0 ? `+${left} optional` : ''
}

function pillView({ option, text }: Pill, index: number, composer: Composer): TemplateResult {
  const isInvalid = composer.problem?.option === option.name
  return html`<label class="pill ${isInvalid ? 'is-invalid' : ''}"
    ><span>${option.name}</span>${input(index, text, composer, { label: `${option.name}: ${option.description}`, placeholder: '' })}</label
  >`
}

function input(
  id: InputId,
  value: string,
  composer: Composer,
  { label, placeholder }: { label: string; placeholder: string },
): TemplateResult {
  const { items, selected } = composer.suggestions
  const isOpen = composer.activeInput === id && items.length > 0
  return html`<input
    data-input=${id}
    role="combobox"
    autocomplete="off"
    spellcheck="false"
    aria-label=${label}
    aria-expanded=${isOpen}
    aria-controls="suggestions"
    aria-autocomplete="list"
    aria-activedescendant=${isOpen && selected >= 0 ? `suggestion-${selected}` : nothing}
    placeholder=${placeholder}
    size=${Math.max(value.length, placeholder.length, 2) + 1}
    .value=${live(value)}
    @focus=${() => composer.activeInput === id || composer.onFocus(id)}
    @input=${({ target }: InputEvent) => target instanceof HTMLInputElement && composer.type(target.value)}
    @keydown=${(event: KeyboardEvent) => handleKey(event, composer)}
  />`
}

function suggestions(composer: Composer): TemplateResult | typeof nothing {
  const { option, draft } = composer
  const { items } = composer.suggestions
  if (items.length === 0 && !option) return nothing
  const heading = draft.command ? 'Options' : 'Commands'
  return html`<div class="suggestions">
    <div class="suggestions-head">
      ${option ? html`<b>${option.name}</b> ${option.description}` : html`<b>${heading}</b>`}
    </div>
    <div id="suggestions" role="listbox" aria-label=${option?.name ?? heading}>
      ${items.map((suggestion, index) => suggestionView(suggestion, index, composer))}
    </div>
  </div>`
}

function suggestionView({ label, hint }: Suggestion, index: number, composer: Composer): TemplateResult {
  return html`<div
    id=${`suggestion-${index}`}
    role="option"
    aria-selected=${index === composer.suggestions.selected}
    @mousedown=${(event: Event) => {
      event.preventDefault()
      composer.accept(index)
    }}
  >
    <span class="suggestion-label">${label}</span><span class="suggestion-hint">${hint}</span>
  </div>`
}

/** Closes the suggestions when the focus leaves the composer, but not when the whole window loses it. */
function onFocusOut({ currentTarget, relatedTarget }: FocusEvent, composer: Composer): void {
  const isWithin =
    currentTarget instanceof Element && relatedTarget instanceof Node && currentTarget.contains(relatedTarget)
  if (!isWithin && document.hasFocus()) composer.onBlur()
}
