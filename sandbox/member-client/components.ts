import { ComponentType } from 'discord-api-types/v10'
import { asString, type JsonObject, jsonObjects } from '../world/json.ts'
import type { Message } from '../world/message.ts'

/** The components in a message's action rows. */
export function componentsOf({ body }: Message): JsonObject[] {
  return jsonObjects(body.components).flatMap((row) => jsonObjects(row.components))
}

export function buttonsOf(message: Message): { label: string; disabled: boolean }[] {
  return componentsOf(message).flatMap(({ type, label, disabled }) =>
    type === ComponentType.Button ? [{ label: asString(label) ?? '', disabled: disabled === true }] : [],
  )
}

/** The options of a message's select menus. */
export function choicesOf(message: Message): JsonObject[] {
  return componentsOf(message).flatMap(({ options }) => jsonObjects(options))
}

/** The values of a message's menus by the numbers that their labels begin with, or else by their position. */
export function numberedChoices(message: Message): { number: number; value: string }[] {
  return choicesOf(message).map(({ label, value }, index) => ({
    number: Number(/^\d+(?=\. )/.exec(asString(label) ?? '')?.[0] ?? index + 1),
    value: asString(value) ?? '',
  }))
}
