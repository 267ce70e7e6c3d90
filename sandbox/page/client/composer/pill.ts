import type { OptionView } from '../../state/page-state.ts'
import type { Suggestion } from './suggestions.ts'

/** An option in the composer, with its value. */
export interface Pill {
  readonly option: OptionView
  text: string
  /** The value of the accepted suggestion; undefined if the text is the value. */
  chosen: Suggestion['value'] | undefined
}

export function newPill(option: OptionView): Pill {
  return { option, text: '', chosen: undefined }
}

/** The values of the options that have one, by option name. */
export function valuesOf(pills: readonly Pill[]): Record<string, Suggestion['value']> {
  return Object.fromEntries(
    pills.filter(({ text }) => text.trim() !== '').map((pill) => [pill.option.name, sentValue(pill)]),
  )
}

/** An option's value as a client sends it: booleans and numbers as such, anything else as text. */
function sentValue({ option, text, chosen }: Pill): Suggestion['value'] {
  if (chosen !== undefined) return chosen
  const typed = text.trim()
  if (option.type === 'boolean' && /^(true|false)$/i.test(typed)) return typed.toLowerCase() === 'true'
  return option.type === 'integer' && /^-?\d+$/.test(typed) ? Number(typed) : typed
}
