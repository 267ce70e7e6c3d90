import type { App } from './app.ts'

/**
 * Sends what is typed on the page to the composer, as Discord's client does, unless something that uses the keys has the
 * focus or is open. The key that was pressed is typed there: the focus moves before the browser inserts it.
 */
export function typeAnywhere(app: App): void {
  document.addEventListener('keydown', (event) => {
    if (app.menu || app.dialog || !isTyping(event) || usesKeys(event.composedPath()[0])) return
    const input = [...document.querySelectorAll<HTMLInputElement>('[data-input]')].at(-1)
    input?.focus()
    input?.setSelectionRange(input.value.length, input.value.length)
  })
}

/** Whether a key types a character, or pastes. A space presses the button that has the focus. */
function isTyping(event: KeyboardEvent): boolean {
  const { key, altKey, ctrlKey, metaKey, isComposing } = event
  if (ctrlKey !== metaKey && key.toLowerCase() === 'v') return true
  // Some systems report Alt Gr, which types characters such as @, as Ctrl and Alt.
  const isCommand = (ctrlKey || metaKey || altKey) && !event.getModifierState('AltGraph')
  return !isComposing && !isCommand && key.length === 1 && key !== ' '
}

/** Whether an element has a use for the keys: one to type in, or a list that is open. */
function usesKeys(target: EventTarget | undefined): boolean {
  return (
    target instanceof Element &&
    target.matches('input, textarea, select, [aria-expanded="true"], [contenteditable]')
  )
}
