import { InteractionType } from 'discord-api-types/v10'
import type { JsonObject } from '../../world/json.ts'
import { FormErrors } from '../errors.ts'

/** How each sort of interaction may be answered. */
const ANSWERS: ReadonlyMap<InteractionType, readonly unknown[]> = new Map([
  [InteractionType.ApplicationCommand, [4, 5, 9, 10, 12]],
  [InteractionType.MessageComponent, [4, 5, 6, 7, 9, 10, 12]],
  [InteractionType.ApplicationCommandAutocomplete, [8]],
  [InteractionType.ModalSubmit, [4, 5, 6, 7, 10, 12]],
])

export function checkResponseType(interaction: InteractionType, answer: unknown): void {
  const allowed = ANSWERS.get(interaction) ?? []
  const faults = new FormErrors()
  if (!allowed.includes(answer)) faults.choices(['type'], allowed)
  faults.check()
}

export function checkAutocompleteChoices(choices: readonly JsonObject[]): void {
  const faults = new FormErrors()
  faults.length(['data', 'choices'], choices, 0, 25)
  for (const [index, { name, value }] of choices.entries()) {
    const at = ['data', 'choices', index]
    if (typeof name === 'string') faults.length([...at, 'name'], name, 1, 100)
    else faults.required([...at, 'name'])
    if (typeof value === 'string') faults.length([...at, 'value'], value, 0, 100)
    else if (value === undefined) faults.required([...at, 'value'])
  }
  faults.check()
}
