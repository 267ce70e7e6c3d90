import { ComponentType } from 'discord-api-types/v10'
import { isJsonObject, type JsonObject, jsonObjects } from '../../world/json.ts'
import { emptyMessage, FormErrors, type Path, tooManyAttachments } from '../errors.ts'
import { checkEmbed, sizeOf, trimmed } from './embed-limits.ts'

/**
 * Refuses a message that Discord would refuse, with the path of each fault.
 * https://docs.discord.com/developers/resources/message#embed-object-embed-limits
 * https://docs.discord.com/developers/components/reference
 * @param at where in the body the message stands
 */
export function checkMessage(message: JsonObject, files: number, at: Path = []): void {
  const faults = new FormErrors()
  const { content, embeds, components } = message
  if (typeof content === 'string') faults.length([...at, 'content'], content, 0, 2000)
  if (Array.isArray(embeds)) {
    faults.length([...at, 'embeds'], embeds, 0, 10)
    for (const [index, embed] of embeds.entries()) checkEmbed(faults, [...at, 'embeds', index], embed)
    const total = jsonObjects(embeds).reduce((sum, embed) => sum + sizeOf(embed), 0)
    if (total > 6000) {
      faults.add([...at, 'embeds'], 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000')
    }
  }
  if (Array.isArray(components)) checkRows(faults, [...at, 'components'], components)
  faults.check()
  if (files > 10) throw tooManyAttachments()
}

/** @throws ApiError 50006 for a message with nothing in it */
export function checkNotEmpty({ content, embeds, components }: JsonObject, files: number): void {
  const says = typeof content === 'string' && content.trim() !== ''
  const shows = jsonObjects(embeds).length > 0 || jsonObjects(components).length > 0 || files > 0
  if (!says && !shows) throw emptyMessage()
}

/** How many buttons fit into a row; a menu fills one. */
const ROW_WIDTH = 5

function checkRows(faults: FormErrors, at: Path, rows: readonly unknown[]): void {
  faults.length(at, rows, 0, 5)
  const reply = new Set<string>()
  for (const [index, row] of rows.entries()) {
    const here = [...at, index]
    if (!isJsonObject(row) || row.type !== ComponentType.ActionRow) {
      const choices = 'Value of field "type" must be one of (1, 9, 10, 12, 13, 14, 17).'
      faults.add(here, 'UNION_TYPE_CHOICES', choices)
      continue
    }
    const components = jsonObjects(row.components)
    faults.length([...here, 'components'], components, 1, ROW_WIDTH)
    let width = 0
    for (const [position, component] of components.entries()) {
      const there = [...here, 'components', position]
      checkComponent(faults, there, component, reply)
      width += component.type === ComponentType.Button ? 1 : ROW_WIDTH
      if (width > ROW_WIDTH && components.length <= ROW_WIDTH) {
        faults.add(
          there,
          'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
          'The specified component exceeds the maximum width',
        )
      }
    }
  }
}

function checkComponent(faults: FormErrors, at: Path, component: JsonObject, reply: Set<string>): void {
  const { custom_id, label, placeholder, options, type, url, emoji } = component
  if (typeof custom_id === 'string') {
    faults.length([...at, 'custom_id'], custom_id, 1, 100)
    if (reply.has(custom_id)) {
      faults.add(
        [...at, 'custom_id'],
        'COMPONENT_CUSTOM_ID_DUPLICATED',
        'Component custom id cannot be duplicated',
      )
    }
    reply.add(custom_id)
  } else if (type !== ComponentType.Button) {
    faults.required([...at, 'custom_id'])
  } else if (url === undefined) {
    faults.add([...at, 'custom_id'], 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required')
  }
  if (typeof placeholder === 'string') faults.length([...at, 'placeholder'], placeholder, 0, 150)
  if (type === ComponentType.Button) {
    if (typeof label === 'string') faults.length([...at, 'label'], label, 0, 80)
    else if (!isJsonObject(emoji)) faults.required([...at, 'label'])
  }
  if (type === ComponentType.StringSelect) checkOptions(faults, [...at, 'options'], options)
}

function checkOptionText(faults: FormErrors, at: Path, given: unknown): void {
  const value = trimmed(given)
  if (value === undefined) faults.required(at)
  else faults.length(at, value, 1, 100)
}

function checkOptions(faults: FormErrors, at: Path, options: unknown): void {
  const given = jsonObjects(options)
  faults.length(at, given, 1, 25)
  const values = new Set<unknown>()
  for (const [index, { label, value, description }] of given.entries()) {
    checkOptionText(faults, [...at, index, 'label'], label)
    checkOptionText(faults, [...at, index, 'value'], value)
    if (typeof description === 'string') faults.length([...at, index, 'description'], description, 0, 100)
    if (values.has(value)) {
      faults.add(
        [...at, index, 'value'],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      )
    }
    values.add(value)
  }
}
