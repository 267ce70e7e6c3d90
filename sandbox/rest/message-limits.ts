import { ComponentType, MessageFlags } from 'discord-api-types/v10'
import { emptyMessage, FormFaults } from './errors.ts'
import { isJson, type Json, objects, text } from './json.ts'

type Path = readonly (string | number)[]

/**
 * Refuses a message that Discord would refuse, with the path of each fault.
 * https://docs.discord.com/developers/resources/message#embed-object-embed-limits
 * https://docs.discord.com/developers/components/reference
 * @param at where in the body the message stands
 */
export function checkMessage(message: Json, files: number, at: Path = []): void {
  const faults = new FormFaults()
  const { content, embeds, components } = message
  if (typeof content === 'string') faults.length([...at, 'content'], content, 0, 2000)
  if (Array.isArray(embeds)) {
    faults.length([...at, 'embeds'], embeds, 0, 10)
    for (const [index, embed] of embeds.entries()) checkEmbed(faults, [...at, 'embeds', index], embed)
    const total = objects(embeds).reduce((sum, embed) => sum + sizeOf(embed), 0)
    if (total > 6000) {
      faults.add([...at, 'embeds'], 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000')
    }
  }
  if (Array.isArray(components)) checkRows(faults, [...at, 'components'], components)
  if (files > 10) faults.add([...at, 'files'], 'BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.')
  faults.check()
}

/** @throws ApiError 50006 for a new message with nothing in it */
export function checkNotEmpty({ content, embeds, components, flags }: Json, files: number): void {
  const says = typeof content === 'string' && content.trim() !== ''
  const shows = objects(embeds).length > 0 || objects(components).length > 0 || files > 0
  const thinks = typeof flags === 'number' && (flags & MessageFlags.Loading) !== 0
  if (!says && !shows && !thinks) throw emptyMessage()
}

const EMBED_TEXTS = { title: 256, description: 4096 } as const

function checkEmbed(faults: FormFaults, at: Path, embed: unknown): void {
  if (!isJson(embed)) {
    faults.add(at, 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType')
    return
  }
  for (const [key, most] of Object.entries(EMBED_TEXTS)) {
    const value = text(embed[key])
    if (value !== undefined) faults.length([...at, key], value, 0, most)
  }
  const { footer, author, fields, color } = embed
  if (isJson(footer)) checkText(faults, [...at, 'footer', 'text'], footer.text, 2048)
  if (isJson(author)) checkText(faults, [...at, 'author', 'name'], author.name, 256)
  if (typeof color === 'number' && (color < 0 || color > 0xffffff)) {
    faults.add([...at, 'color'], 'NUMBER_TYPE_MAX', 'int value should be less than or equal to 16777215.')
  }
  if (!Array.isArray(fields)) return
  faults.length([...at, 'fields'], fields, 0, 25)
  for (const [index, field] of objects(fields).entries()) {
    checkText(faults, [...at, 'fields', index, 'name'], field.name, 256)
    checkText(faults, [...at, 'fields', index, 'value'], field.value, 1024)
  }
}

function checkText(faults: FormFaults, at: Path, value: unknown, most: number): void {
  if (typeof value !== 'string' || value.trim() === '') faults.required(at)
  else faults.length(at, value, 0, most)
}

/** What an embed counts for against the total of 6,000. */
function sizeOf({ title, description, footer, author, fields }: Json): number {
  const texts = [
    title,
    description,
    isJson(footer) ? footer.text : '',
    isJson(author) ? author.name : '',
    ...objects(fields).flatMap(({ name, value }) => [name, value]),
  ]
  return texts.reduce<number>((sum, value) => sum + (text(value)?.length ?? 0), 0)
}

function checkRows(faults: FormFaults, at: Path, rows: readonly unknown[]): void {
  faults.length(at, rows, 0, 5)
  const seen = new Set<string>()
  for (const [index, row] of rows.entries()) {
    const here = [...at, index]
    if (!isJson(row) || row.type !== ComponentType.ActionRow) {
      faults.add([...here, 'type'], 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).')
      continue
    }
    const components = objects(row.components)
    const selects = components.filter(({ type }) => type !== ComponentType.Button).length
    faults.length([...here, 'components'], components, 1, 5)
    if (selects > 0 && components.length > 1) {
      faults.add(
        [...here, 'components'],
        'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
        'The specified component exceeds the maximum width',
      )
    }
    for (const [position, component] of components.entries()) {
      checkComponent(faults, [...here, 'components', position], component, seen)
    }
  }
}

function checkComponent(faults: FormFaults, at: Path, component: Json, seen: Set<string>): void {
  const { custom_id, label, placeholder, options, type, url, emoji } = component
  if (typeof custom_id === 'string') {
    faults.length([...at, 'custom_id'], custom_id, 1, 100)
    if (seen.has(custom_id)) {
      faults.add(
        [...at, 'custom_id'],
        'COMPONENT_CUSTOM_ID_DUPLICATED',
        'Component custom id cannot be duplicated',
      )
    }
    seen.add(custom_id)
  } else if (url === undefined) {
    faults.required([...at, 'custom_id'])
  }
  if (typeof placeholder === 'string') faults.length([...at, 'placeholder'], placeholder, 0, 150)
  if (type === ComponentType.Button) {
    if (typeof label === 'string') faults.length([...at, 'label'], label, 0, 80)
    else if (!isJson(emoji))
      faults.add(at, 'BUTTON_COMPONENT_INVALID_LABEL_OR_EMOJI', 'A button must have a label or an emoji')
  }
  if (type === ComponentType.StringSelect) checkOptions(faults, [...at, 'options'], options)
}

function checkOptions(faults: FormFaults, at: Path, options: unknown): void {
  const given = objects(options)
  faults.length(at, given, 1, 25)
  const values = new Set<unknown>()
  for (const [index, { label, value, description }] of given.entries()) {
    checkText(faults, [...at, index, 'label'], label, 100)
    checkText(faults, [...at, index, 'value'], value, 100)
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
