import { ComponentType } from 'discord-api-types/v10'
import type { JsonObject } from '../world/json.ts'
import type { Modal, TextInput } from '../world/modal.ts'

/** A client does not submit a modal because of one input, which it marks. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput'
  readonly input: string

  constructor({ customId, label }: TextInput, why: string) {
    super(`“${label}” ${why}.`)
    this.input = customId
  }
}

/**
 * Checks the texts of a modal as a client does, and returns them as a client sends them: numbered in the order of
 * reading. https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure
 * @param texts by the custom id of the input; one that is left out stays as it was
 * @throws InvalidInput if a client would not submit it
 */
export function submittedModal(modal: Modal, texts: Readonly<Record<string, string>>): JsonObject {
  let lastId = 0
  const components = modal.inputs.map((input) => {
    const value = texts[input.customId] ?? input.value
    check(input, value)
    const row = { id: ++lastId }
    const sent = { type: ComponentType.TextInput, id: ++lastId, custom_id: input.customId, value }
    return input.isInLabel
      ? { type: ComponentType.Label, ...row, component: sent }
      : { type: ComponentType.ActionRow, ...row, components: [sent] }
  })
  return { custom_id: modal.customId, components }
}

function check(input: TextInput, value: string): void {
  if (value === '') {
    if (input.required) throw new InvalidInput(input, 'is required')
    return
  }
  if (value.length < input.minLength)
    throw new InvalidInput(input, `must have at least ${input.minLength} characters`)
  if (value.length > input.maxLength)
    throw new InvalidInput(input, `must have at most ${input.maxLength} characters`)
}
