import type { OptionView } from '../../state/page-state.ts'
import type { Suggestion } from './suggestions.ts'

/** An option in the composer, with what is typed for it. */
export interface Pill {
  readonly option: OptionView
  text: string
  /** What was chosen among what is offered; undefined where the text itself is the value. */
  chosen: Suggestion['value'] | undefined
}

export function newPill(option: OptionView): Pill {
  return { option, text: '', chosen: undefined }
}

/** What an option's value is, as a client would send it: a number as a number, all else as it was typed. */
export function sentValue({ option, text, chosen }: Pill): Suggestion['value'] {
  if (chosen !== undefined) return chosen
  const typed = text.trim()
  if (option.type === 'toggle' && /^(true|false)$/i.test(typed)) return typed.toLowerCase() === 'true'
  return option.type === 'whole' && /^-?\d+$/.test(typed) ? Number(typed) : typed
}

/** The values of the options that have one, by name. */
export function valuesOf(pills: readonly Pill[]): Record<string, Suggestion['value']> {
  return Object.fromEntries(
    pills.filter(({ text }) => text.trim() !== '').map((pill) => [pill.option.name, sentValue(pill)]),
  )
}
