import { ComponentType } from 'discord-api-types/v10'
import { asString, isJsonObject, type JsonObject, jsonObjects } from './json.ts'
import type { Message } from './message.ts'

/** A dialog that a member's client shows, with text inputs. */
export interface Modal {
  readonly customId: string
  readonly title: string
  readonly inputs: readonly TextInput[]
  /** The message whose button or menu it answers. */
  readonly source: Message | undefined
}

export interface TextInput {
  readonly customId: string
  readonly label: string
  readonly description: string
  readonly placeholder: string
  /** What is in it at first. */
  readonly value: string
  readonly isParagraph: boolean
  readonly required: boolean
  readonly minLength: number
  readonly maxLength: number
  /** Whether it is in a label, or in an action row as in older modals. */
  readonly isInLabel: boolean
}

/** How long a text can be if its input does not say. https://docs.discord.com/developers/components/reference#text-input */
const MAX_LENGTH = 4000

/** The modal in a response that was checked. */
export function modalOf({ custom_id, title, components }: JsonObject, source: Message | undefined): Modal {
  return {
    customId: asString(custom_id) ?? '',
    title: asString(title) ?? '',
    inputs: jsonObjects(components).flatMap((row) =>
      row.type === ComponentType.Label && isJsonObject(row.component)
        ? [textInput({ label: row.label, description: row.description, ...row.component }, true)]
        : jsonObjects(row.components).map((input) => textInput(input, false)),
    ),
    source,
  }
}

function textInput(component: JsonObject, isInLabel: boolean): TextInput {
  const { custom_id, label, description, placeholder, value, style, required } = component
  const { min_length: least, max_length: most } = component
  return {
    customId: asString(custom_id) ?? '',
    label: asString(label) ?? '',
    description: asString(description) ?? '',
    placeholder: asString(placeholder) ?? '',
    value: asString(value) ?? '',
    isParagraph: style === 2,
    required: required !== false,
    minLength: typeof least === 'number' ? least : 0,
    maxLength: typeof most === 'number' ? most : MAX_LENGTH,
    isInLabel,
  }
}
