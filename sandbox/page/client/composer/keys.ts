import type { Composer } from './composer.ts'

/** Handles the keys of the composer as Discord's client does. */
export function handleKey(event: KeyboardEvent, composer: Composer): void {
  const { activeInput, suggestions, draft } = composer
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
      else if (typeof activeInput === 'number') composer.move(1)
      else return
      break
    case 'Escape':
      if (suggestions.items.length > 0) suggestions.close()
      else if (draft.command) composer.clear()
      else return
      break
    case 'Backspace':
      if (!isAtStart || input.value !== '' || activeInput === 'text') return
      if (typeof activeInput === 'number') composer.removeOption(activeInput)
      else if (draft.pills.length > 0) composer.move(-1)
      else composer.backToText()
      break
    case 'ArrowLeft':
      if (!isAtStart || activeInput === 'text') return
      composer.move(-1)
      break
    case 'ArrowRight':
      if (!isAtEnd || typeof activeInput !== 'number') return
      composer.move(1)
      break
    default:
      return
  }
  event.preventDefault()
}
