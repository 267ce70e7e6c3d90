import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { App } from '../app.ts'
import type { Composer, InputId } from './composer.ts'
import { handleKey } from './keys.ts'
import type { Pill } from './pill.ts'
import type { Suggestion } from './suggestions.ts'

export function composerView(app: App): TemplateResult {
  const { composer } = app
  const { command, problem: wrong } = composer
  const name = app.state.channel(app.channel)?.name ?? ''
  return html`<div class="composer" @focusout=${(event: FocusEvent) => left(event, composer)}>
    ${wrong ? html`<p class="wrong" role="alert">${wrong.why}</p>` : nothing}
    ${composer.isSending ? html`<p class="sending" role="status">Sending command…</p>` : nothing} ${offers(composer)}
    <div class="line">
      ${
        command
          ? html`<span class="slash" title=${command.description}>/${command.path}</span>
              ${composer.pills.map((pill, index) => pillView(pill, index, composer))}
              ${field('rest', composer.rest, composer, {
                label: 'Another option',
                placeholder: restHint(composer),
              })}`
          : field('text', composer.text, composer, {
              label: `Message #${name}`,
              placeholder: `Message #${name}, or / for commands`,
            })
      }
      <button class="send" aria-label="Send" @mousedown=${(event: Event) => event.preventDefault()} @click=${() => void composer.send()}>➤</button>
    </div>
  </div>`
}

function restHint({ command, pills }: Composer): string {
  const left = (command?.options.length ?? 0) - pills.length
  return left > 0 ? `+${left} optional` : ''
}

function pillView(pill: Pill, index: number, composer: Composer): TemplateResult {
  const { option, text } = pill
  const isWrong = composer.problem?.option === option.name
  return html`<label class="pill ${isWrong ? 'is-wrong' : ''}"
    ><span>${option.name}</span>${field(index, text, composer, { label: `${option.name}: ${option.description}`, placeholder: '' })}</label
  >`
}

function field(
  spot: InputId,
  value: string,
  composer: Composer,
  { label, placeholder }: { label: string; placeholder: string },
): TemplateResult {
  const isOpen = composer.activeInput === spot && composer.suggestions.items.length > 0
  return html`<input
    data-spot=${spot}
    role="combobox"
    autocomplete="off"
    spellcheck="false"
    aria-label=${label}
    aria-expanded=${isOpen}
    aria-controls="offers"
    aria-autocomplete="list"
    aria-activedescendant=${isOpen && composer.suggestions.selected >= 0 ? `offer-${composer.suggestions.selected}` : nothing}
    placeholder=${placeholder}
    size=${Math.max(value.length, placeholder.length, 2) + 1}
    .value=${live(value)}
    @focus=${() => composer.activeInput === spot || composer.focus(spot)}
    @input=${({ target }: InputEvent) => target instanceof HTMLInputElement && composer.type(target.value)}
    @keydown=${(event: KeyboardEvent) => handleKey(event, composer)}
  />`
}

/** What is offered for what is being typed. */
function offers(composer: Composer): TemplateResult | typeof nothing {
  const { option, command } = composer
  const { items: list } = composer.suggestions
  if (list.length === 0 && !option) return nothing
  return html`<div class="offers">
    <div class="offers-head">
      ${option ? html`<b>${option.name}</b> ${option.description}` : html`<b>${command ? 'Options' : 'Commands'}</b>`}
    </div>
    <div id="offers" role="listbox" aria-label=${option?.name ?? (command ? 'Options' : 'Commands')}>
      ${list.map((suggestion, index) => offer(suggestion, index, composer))}
    </div>
  </div>`
}

function offer({ label, hint }: Suggestion, index: number, composer: Composer): TemplateResult {
  return html`<div
    id=${`offer-${index}`}
    role="option"
    aria-selected=${index === composer.suggestions.selected}
    @mousedown=${(event: Event) => {
      event.preventDefault()
      composer.accept(index)
    }}
  >
    <span class="offer-label">${label}</span><span class="offer-hint">${hint}</span>
  </div>`
}

/** The keyboard has gone elsewhere; from one input of the composer to another is not elsewhere. */
function left({ currentTarget, relatedTarget }: FocusEvent, composer: Composer): void {
  const isWithin =
    currentTarget instanceof Element && relatedTarget instanceof Node && currentTarget.contains(relatedTarget)
  if (!isWithin && document.hasFocus()) composer.blur()
}
