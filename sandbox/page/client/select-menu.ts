import { html, LitElement, nothing } from 'lit'
import type { MenuOption } from '../state/page-state.ts'

/**
 * A message's select menu. The one of the component library has no keyboard use and no event for a choice.
 * @fires choose with the chosen value as detail
 */
class SelectMenu extends LitElement {
  static override properties = {
    placeholder: {},
    options: { attribute: false },
    disabled: { type: Boolean },
    isOpen: { state: true },
    active: { state: true },
  }
  declare placeholder: string
  declare options: readonly MenuOption[]
  declare disabled: boolean
  declare isOpen: boolean
  declare active: number

  constructor() {
    super()
    this.placeholder = ''
    this.options = []
    this.disabled = false
    this.isOpen = false
    this.active = 0
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
        aria-activedescendant=${this.isOpen ? this.#idOf(this.active) : nothing}
        ?disabled=${this.disabled}
        @click=${() => {
          this.isOpen = !this.isOpen
        }}
        @keydown=${this.#onKey}
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
          aria-selected=${index === this.active}
          @mousedown=${(event: Event) => {
            event.preventDefault()
            this.#choose(index)
          }}
          @mousemove=${() => {
            this.active = index
          }}
        >
          <span class="select-emoji">${emoji}</span>
          <span class="select-text"><strong>${label}</strong><small>${description}</small></span>
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

  readonly #onKey = (event: KeyboardEvent): void => {
    const last = this.options.length - 1
    const jumps: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(this.active + 1, last),
      ArrowUp: Math.max(this.active - 1, 0),
      Home: 0,
      End: last,
    }
    const jump = jumps[event.key]
    if (event.key === 'Escape') this.isOpen = false
    else if (this.isOpen && (event.key === 'Enter' || event.key === ' ')) this.#choose(this.active)
    else if (this.isOpen && jump !== undefined) this.active = jump
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
