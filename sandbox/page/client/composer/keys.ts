import type { Composer } from './composer.ts'

/** What the keys do in the composer, as in Discord's. */
export function handleKey(event: KeyboardEvent, composer: Composer): void {
  const { activeInput: spot, suggestions } = composer
  const input = event.currentTarget
  if (!(input instanceof HTMLInputElement) || event.isComposing) return
  const isAtStart = input.selectionStart === 0 && input.selectionEnd === 0
  const isAtEnd = input.selectionStart === input.value.length
  switch (event.key) {
    case 'ArrowDown':
    case 'ArrowUp':
      if (suggestions.items.length === 0) return
      suggestions.step(event.key === 'ArrowDown' ? 1 : -1)
      break
    case 'Enter':
      if (suggestions.selected >= 0) composer.accept()
      else void composer.send()
      break
    case 'Tab':
      if (event.shiftKey) return
      if (suggestions.selected >= 0) composer.accept()
      else if (typeof spot === 'number') composer.move(1)
      else return
      break
    case 'Escape':
      if (suggestions.items.length > 0) suggestions.close()
      else if (composer.command) composer.clear()
      else return
      break
    case 'Backspace':
      if (!isAtStart || input.value !== '' || spot === 'text') return
      if (typeof spot === 'number') composer.removePill(spot)
      else if (composer.pills.length > 0) composer.move(-1)
      else composer.giveUp()
      break
    case 'ArrowLeft':
      if (!isAtStart || spot === 'text') return
      composer.move(-1)
      break
    case 'ArrowRight':
      if (!isAtEnd || typeof spot !== 'number') return
      composer.move(1)
      break
    default:
      return
  }
  event.preventDefault()
}
