import { InteractionType, InteractionResponseType as Response } from 'discord-api-types/v10'
import type { Interaction } from '../../world/interaction.ts'
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

/** The responses that update a message. A modal that a command opened belongs to none. */
const UPDATES: readonly unknown[] = [Response.DeferredMessageUpdate, Response.UpdateMessage]

export function checkResponseType({ type, source }: Interaction, answer: unknown): void {
  const accepted = ANSWERS.get(type) ?? []
  const allowed = source ? accepted : accepted.filter((each) => !UPDATES.includes(each))
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
