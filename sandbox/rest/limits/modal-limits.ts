import { ComponentType } from 'discord-api-types/v10'
import { isJsonObject, type JsonObject } from '../../world/json.ts'
import { FormErrors, type Path } from '../form-errors.ts'

/** How many characters a text input can accept at most. */
const LONGEST_TEXT = 4000

/**
 * Checks a modal against Discord's limits. The sandbox supports text inputs only, in labels or action rows.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal
 * @throws ApiError 50035 with the path of each error
 */
export function checkModal({ custom_id, title, components }: JsonObject): void {
  const errors = new FormErrors()
  requireText(errors, ['data', 'custom_id'], custom_id, 100)
  requireText(errors, ['data', 'title'], title, 45)
  const at = ['data', 'components']
  if (!Array.isArray(components)) errors.required(at)
  else {
    errors.length(at, components, 1, 40)
    const customIds = new Set<string>()
    for (const [index, row] of components.entries()) checkRow(errors, [...at, index], row, customIds)
  }
  errors.check()
}

function checkRow(errors: FormErrors, at: Path, row: unknown, customIds: Set<string>): void {
  if (isJsonObject(row) && row.type === ComponentType.Label) {
    requireText(errors, [...at, 'label'], row.label, 45)
    limitText(errors, [...at, 'description'], row.description, 1, 100)
    if (isJsonObject(row.component)) checkInput(errors, [...at, 'component'], row.component, customIds)
    else errors.required([...at, 'component'])
  } else if (isJsonObject(row) && row.type === ComponentType.ActionRow) {
    const inputs: readonly unknown[] = Array.isArray(row.components) ? row.components : []
    errors.length([...at, 'components'], inputs, 1, 1)
    for (const [index, input] of inputs.entries()) {
      const there = [...at, 'components', index]
      if (!isJsonObject(input)) errors.required(there)
      else {
        requireText(errors, [...there, 'label'], input.label, 45)
        checkInput(errors, there, input, customIds)
      }
    }
  } else {
    errors.add(at, 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1, 10, 18).')
  }
}

function checkInput(errors: FormErrors, at: Path, input: JsonObject, customIds: Set<string>): void {
  const { type, custom_id, style, value, placeholder, min_length: least, max_length: most } = input
  if (type !== ComponentType.TextInput) {
    errors.add(at, 'UNION_TYPE_CHOICES', 'The sandbox supports text inputs (4) in modals only.')
    return
  }
  requireText(errors, [...at, 'custom_id'], custom_id, 100)
  if (typeof custom_id === 'string') {
    if (customIds.has(custom_id)) {
      const message = 'Component custom id cannot be duplicated'
      errors.add([...at, 'custom_id'], 'COMPONENT_CUSTOM_ID_DUPLICATED', message)
    }
    customIds.add(custom_id)
  }
  if (style !== 1 && style !== 2) errors.choices([...at, 'style'], [1, 2])
  limitText(errors, [...at, 'placeholder'], placeholder, 0, 100)
  limitText(errors, [...at, 'value'], value, 0, LONGEST_TEXT)
  if (typeof least === 'number') errors.range([...at, 'min_length'], least, 0, LONGEST_TEXT)
  if (typeof most === 'number') errors.range([...at, 'max_length'], most, 1, LONGEST_TEXT)
}

function requireText(errors: FormErrors, at: Path, value: unknown, most: number): void {
  if (typeof value === 'string') errors.length(at, value, 1, most)
  else errors.required(at)
}

function limitText(errors: FormErrors, at: Path, value: unknown, least: number, most: number): void {
  if (typeof value === 'string') errors.length(at, value, least, most)
}
