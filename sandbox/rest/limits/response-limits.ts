import { InteractionType } from 'discord-api-types/v10'
import type { JsonObject } from '../../world/json.ts'
import { FormErrors } from '../form-errors.ts'

/**
 * The response types that each type of interaction accepts.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type
 */
const ANSWERS: ReadonlyMap<InteractionType, readonly unknown[]> = new Map([
  [InteractionType.ApplicationCommand, [4, 5, 9, 10, 12]],
  [InteractionType.MessageComponent, [4, 5, 6, 7, 9, 10, 12]],
  [InteractionType.ApplicationCommandAutocomplete, [8]],
  [InteractionType.ModalSubmit, [4, 5, 6, 7, 10, 12]],
])

export function checkResponseType(interaction: InteractionType, answer: unknown): void {
  const allowed = ANSWERS.get(interaction) ?? []
  const errors = new FormErrors()
  if (!allowed.includes(answer)) errors.choices(['type'], allowed)
  errors.check()
}

export function checkAutocompleteChoices(choices: readonly JsonObject[]): void {
  const errors = new FormErrors()
  errors.length(['data', 'choices'], choices, 0, 25)
  for (const [index, { name, value }] of choices.entries()) {
    const at = ['data', 'choices', index]
    if (typeof name === 'string') errors.length([...at, 'name'], name, 1, 100)
    else errors.required([...at, 'name'])
    if (typeof value === 'string') errors.length([...at, 'value'], value, 0, 100)
    else if (value === undefined) errors.required([...at, 'value'])
  }
  errors.check()
}
