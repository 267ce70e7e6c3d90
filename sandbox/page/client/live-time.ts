import { html, LitElement } from 'lit'
import { formatTimestamp } from '../../rendering/timestamp.ts'

/** How often the text is rendered again, in milliseconds. */
const INTERVAL = 1000

/** A time that says how long ago it was, and stays right while time passes. */
class LiveTime extends LitElement {
  static override properties = {
    at: { type: Number },
    now: { attribute: false },
  }
  /** Milliseconds since the Unix epoch. */
  declare at: number
  /** Discord's time. */
  declare now: () => number
  #timer: ReturnType<typeof setInterval> | undefined

  constructor() {
    super()
    this.at = 0
    this.now = Date.now
  }

  override createRenderRoot(): this {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#timer = setInterval(() => this.requestUpdate(), INTERVAL)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearInterval(this.#timer)
  }

  override render() {
    return html`${formatTimestamp(this.at, 'R', this.now())}`
  }
}

customElements.define('live-time', LiveTime)
