import { html, nothing, type TemplateResult } from 'lit'
import type { App } from '../app.ts'
import type { MenuItem, OpenMenu } from '../open-menu.ts'

/** Opens a menu at the pointer, or below the element if the keyboard was used. */
export function openMenu(event: Event, label: string, items: readonly MenuItem[], app: App): void {
  event.preventDefault()
  event.stopPropagation()
  const target = event.currentTarget
  const box = target instanceof Element ? target.getBoundingClientRect() : new DOMRect()
  const isPointed = event instanceof MouseEvent && (event.clientX !== 0 || event.clientY !== 0)
  const [x, y] = isPointed ? [event.clientX, event.clientY] : [box.left, box.bottom]
  app.menu = { x, y, label, items, opener: document.activeElement }
  app.update()
}

export function contextMenu(app: App): TemplateResult | typeof nothing {
  const { menu } = app
  if (!menu) return nothing
  return html`<div class="scrim" @click=${() => close(app)} @contextmenu=${(event: Event) => {
    event.preventDefault()
    close(app)
  }}></div>
    <div class="menu" role="menu" aria-label=${menu.label} @keydown=${(event: KeyboardEvent) => move(event, app)}>
      ${menu.items.map(
        ({
          heading,
          label,
          isDestructive,
          choose,
        }) => html`${heading === undefined ? nothing : html`<div class="menu-heading" role="presentation">${heading}</div>`}<button
            role="menuitem"
            class=${isDestructive ? 'destructive' : ''}
            @click=${() => {
              close(app)
              choose()
            }}
          >
            ${label}
          </button>`,
      )}
    </div>`
}

/** Moves a menu that has just been rendered inside the window, and focuses it. */
export function placeMenu({ x, y }: OpenMenu): void {
  const element = document.querySelector<HTMLElement>('.menu')
  if (!element) return
  element.style.left = `${Math.max(8, Math.min(x, innerWidth - element.offsetWidth - 8))}px`
  element.style.top = `${Math.max(8, Math.min(y, innerHeight - element.offsetHeight - 8))}px`
  element.querySelector('button')?.focus()
}

function close(app: App): void {
  const opener = app.menu?.opener
  app.menu = undefined
  app.update()
  if (opener instanceof HTMLElement) opener.focus()
}

function move(event: KeyboardEvent, app: App): void {
  const menu = event.currentTarget
  if (!(menu instanceof HTMLElement)) return
  const items = [...menu.querySelectorAll('button')]
  const at = items.findIndex((item) => item.matches(':focus'))
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }
  const step = steps[event.key]
  if (step !== undefined) items.at((at + step) % items.length)?.focus()
  else if (event.key === 'Escape' || event.key === 'Tab') close(app)
  else return
  event.preventDefault()
}
