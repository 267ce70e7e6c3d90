import { html, LitElement, nothing } from 'lit'
import type { MenuOption } from '../state/page-state.ts'

/**
 * A message's select menu. The one among the components cannot be used by keyboard, nor does it say what was chosen.
 * @fires choose with the value as its detail
 */
export class SelectMenu extends LitElement {
  static override properties = {
    placeholder: {},
    options: { attribute: false },
    disabled: { type: Boolean },
    isOpen: { state: true },
    at: { state: true },
  }
  declare placeholder: string
  declare options: readonly MenuOption[]
  declare disabled: boolean
  declare isOpen: boolean
  declare at: number

  constructor() {
    super()
    this.placeholder = ''
    this.options = []
    this.disabled = false
    this.isOpen = false
    this.at = 0
  }

  override createRenderRoot(): this {
    return this
  }

  override render() {
    return html`<button
        class="select"
        role="combobox"
        aria-haspopup="listbox"
        aria-expanded=${this.isOpen}
        aria-label=${this.placeholder}
        aria-activedescendant=${this.isOpen ? this.#idOf(this.at) : nothing}
        ?disabled=${this.disabled}
        @click=${() => {
          this.isOpen = !this.isOpen
        }}
        @keydown=${this.#press}
        @blur=${() => {
          this.isOpen = false
        }}
      >
        <span>${this.placeholder}</span><span aria-hidden="true" class="chevron"></span>
      </button>
      ${this.isOpen ? this.#list() : nothing}`
  }

  #list() {
    return html`<div class="select-list" role="listbox" aria-label=${this.placeholder}>
      ${this.options.map(
        ({ value, label, description, emoji }, index) => html`<div
          id=${this.#idOf(index)}
          role="option"
          data-value=${value}
          aria-selected=${index === this.at}
          @mousedown=${(event: Event) => {
            event.preventDefault()
            this.#choose(index)
          }}
          @mousemove=${() => {
            this.at = index
          }}
        >
          <span class="select-emoji">${emoji}</span>
          <span class="select-words"><strong>${label}</strong><small>${description}</small></span>
        </div>`,
      )}
    </div>`
  }

  override updated(): void {
    if (this.isOpen) this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }

  #idOf(index: number): string {
    return `option-${this.options[index]?.value ?? index}`
  }

  readonly #press = (event: KeyboardEvent): void => {
    const last = this.options.length - 1
    const jumps: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(this.at + 1, last),
      ArrowUp: Math.max(this.at - 1, 0),
      Home: 0,
      End: last,
    }
    const jump = jumps[event.key]
    if (event.key === 'Escape') this.isOpen = false
    else if (this.isOpen && (event.key === 'Enter' || event.key === ' ')) this.#choose(this.at)
    else if (this.isOpen && jump !== undefined) this.at = jump
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.isOpen = true
    else return
    event.preventDefault()
  }

  #choose(index: number): void {
    this.isOpen = false
    const value = this.options[index]?.value
    if (value !== undefined) this.dispatchEvent(new CustomEvent('choose', { detail: value }))
  }
}

customElements.define('select-menu', SelectMenu)
