import { ComponentType } from 'discord-api-types/v10'
import { isJsonObject, type JsonObject, jsonObjects } from '../../world/json.ts'
import { emptyMessage, tooManyAttachments } from '../errors.ts'
import { FormErrors, type Path } from '../form-errors.ts'
import { checkEmbed, sizeOf, trimmed } from './embed-limits.ts'

/**
 * Checks a message against Discord's limits.
 * https://docs.discord.com/developers/resources/message#embed-object-embed-limits
 * https://docs.discord.com/developers/components/reference
 * @param at the path of the message in the body
 * @throws ApiError 50035 with the path of each error, 30015 for too many files
 */
export function checkMessage(message: JsonObject, files: number, at: Path = []): void {
  const errors = new FormErrors()
  const { content, embeds, components, nonce } = message
  if (typeof content === 'string') errors.length([...at, 'content'], content, 0, 2000)
  if (typeof nonce === 'string') errors.length([...at, 'nonce'], nonce, 0, 25)
  checkMentions(errors, [...at, 'allowed_mentions'], message.allowed_mentions)
  if (Array.isArray(embeds)) {
    errors.length([...at, 'embeds'], embeds, 0, 10)
    for (const [index, embed] of embeds.entries()) checkEmbed(errors, [...at, 'embeds', index], embed)
    const total = jsonObjects(embeds).reduce((sum, embed) => sum + sizeOf(embed), 0)
    if (total > 6000) {
      errors.add([...at, 'embeds'], 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000')
    }
  }
  if (Array.isArray(components)) checkRows(errors, [...at, 'components'], components)
  errors.check()
  if (files > 10) throw tooManyAttachments()
}

/**
 * Users and roles are listed, or all of them are allowed, but not both.
 * https://docs.discord.com/developers/resources/message#allowed-mentions-object
 */
function checkMentions(errors: FormErrors, at: Path, allowed: unknown): void {
  if (!isJsonObject(allowed)) return
  for (const type of ['users', 'roles']) {
    const listed = allowed[type]
    if (!Array.isArray(listed) || listed.length === 0) continue
    errors.length([...at, type], listed, 0, 100)
    if (Array.isArray(allowed.parse) && allowed.parse.includes(type)) {
      errors.add(
        at,
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${type}"] and ${type}: [ids...] are mutually exclusive.`,
      )
    }
  }
}

/** @throws ApiError 50006 for an empty message */
export function checkNotEmpty({ content, embeds, components }: JsonObject, files: number): void {
  const hasText = typeof content === 'string' && content.trim() !== ''
  const hasMore = jsonObjects(embeds).length > 0 || jsonObjects(components).length > 0 || files > 0
  if (!hasText && !hasMore) throw emptyMessage()
}

/** How many buttons fit into a row; a select menu fills the row. */
const ROW_WIDTH = 5

function checkRows(errors: FormErrors, at: Path, rows: readonly unknown[]): void {
  errors.length(at, rows, 0, 5)
  const customIds = new Set<string>()
  for (const [index, row] of rows.entries()) {
    const here = [...at, index]
    if (!isJsonObject(row) || row.type !== ComponentType.ActionRow) {
      const choices = 'Value of field "type" must be one of (1, 9, 10, 12, 13, 14, 17).'
      errors.add(here, 'UNION_TYPE_CHOICES', choices)
      continue
    }
    const components = jsonObjects(row.components)
    errors.length([...here, 'components'], components, 1, ROW_WIDTH)
    let width = 0
    for (const [position, component] of components.entries()) {
      const there = [...here, 'components', position]
      checkComponent(errors, there, component, customIds)
      width += component.type === ComponentType.Button ? 1 : ROW_WIDTH
      if (width > ROW_WIDTH && components.length <= ROW_WIDTH) {
        errors.add(
          there,
          'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
          'The specified component exceeds the maximum width',
        )
      }
    }
  }
}

function checkComponent(errors: FormErrors, at: Path, component: JsonObject, customIds: Set<string>): void {
  const { custom_id, label, placeholder, options, type, url, emoji } = component
  if (typeof custom_id === 'string') {
    errors.length([...at, 'custom_id'], custom_id, 1, 100)
    if (customIds.has(custom_id)) {
      errors.add(
        [...at, 'custom_id'],
        'COMPONENT_CUSTOM_ID_DUPLICATED',
        'Component custom id cannot be duplicated',
      )
    }
    customIds.add(custom_id)
  } else if (type !== ComponentType.Button) {
    errors.required([...at, 'custom_id'])
  } else if (url === undefined) {
    errors.add([...at, 'custom_id'], 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required')
  }
  if (typeof placeholder === 'string') errors.length([...at, 'placeholder'], placeholder, 0, 150)
  if (type === ComponentType.Button) {
    if (typeof label === 'string') errors.length([...at, 'label'], label, 0, 80)
    else if (!isJsonObject(emoji)) errors.required([...at, 'label'])
  }
  if (type === ComponentType.StringSelect) checkOptions(errors, [...at, 'options'], options)
}

function checkOptionText(errors: FormErrors, at: Path, given: unknown): void {
  const value = trimmed(given)
  if (value === undefined) errors.required(at)
  else errors.length(at, value, 1, 100)
}

function checkOptions(errors: FormErrors, at: Path, options: unknown): void {
  const given = jsonObjects(options)
  errors.length(at, given, 1, 25)
  const values = new Set<unknown>()
  for (const [index, { label, value, description }] of given.entries()) {
    checkOptionText(errors, [...at, index, 'label'], label)
    checkOptionText(errors, [...at, index, 'value'], value)
    if (typeof description === 'string') errors.length([...at, index, 'description'], description, 0, 100)
    if (values.has(value)) {
      errors.add(
        [...at, index, 'value'],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      )
    }
    values.add(value)
  }
}
