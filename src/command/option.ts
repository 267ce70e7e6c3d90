import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType as Type,
} from 'discord-api-types/v10'
import { isSnowflake, type Snowflake } from '../core/snowflake.ts'

/**
 * How long the name and the value of a choice may be.
 * https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure
 */
export const MAX_CHOICE_LENGTH = 100

/** An autocomplete choice. Each of its texts has at most `MAX_CHOICE_LENGTH` characters. */
export interface Suggestion {
  readonly name: string
  readonly value: string
}

/** What an option suggests while a member types its value. */
export type Suggests =
  | 'actions'
  | 'alert actions'
  | 'names'
  | 'members'
  | 'since'
  | 'until'
  | 'entries'
  | 'time zones'
  | 'times of day'
  | 'feeds'
  | 'alerts'
  | 'digests'

/** An option of a command: its definition for Discord, and a check of the values that Discord sends. */
export interface Option<Value> {
  /** The option as registered, without its name, which is its key in `Options`. */
  readonly definition: Unnamed<APIApplicationCommandBasicOption>
  readonly suggests?: Suggests
  /** Whether a value that Discord sent is valid. Undefined is valid if the option is not required. */
  accepts(value: unknown): value is Value
}

type Unnamed<Definition> = Definition extends unknown ? Omit<Definition, 'name'> : never

export type Options = Readonly<Record<string, Option<unknown>>>

/** The arguments of a handler by the names of its options. Only required ones are never undefined. */
export type Arguments<Chosen extends Options> = {
  readonly [Name in keyof Chosen]: Chosen[Name] extends Option<infer Value> ? Value : never
}

/** Whether the values that Discord sent are valid for the options. */
export function areArguments<Chosen extends Options>(
  options: Chosen,
  values: Readonly<Record<string, unknown>>,
): values is Arguments<Chosen> {
  return Object.entries(options).every(([name, option]) => option.accepts(values[name]))
}

/**
 * The length of a string if the option sets no limit.
 * https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-structure
 */
const MAX_LENGTH = 6000

export function stringOption(
  description: string,
  { suggests, maxLength }: { suggests?: Suggests; maxLength?: number } = {},
): Option<string | undefined> {
  return {
    definition: {
      type: Type.String,
      description,
      ...(suggests && { autocomplete: true }),
      ...(maxLength !== undefined && { max_length: maxLength }),
    },
    ...(suggests && { suggests }),
    accepts: optional(
      (value): value is string => isText(value) && [...value].length <= (maxLength ?? MAX_LENGTH),
    ),
  }
}

export function choiceOption<const Choice extends string>(
  description: string,
  choices: readonly Choice[],
): Option<Choice | undefined> {
  return {
    definition: { type: Type.String, description, choices: choices.map((value) => ({ name: value, value })) },
    accepts: optional((value): value is Choice => choices.some((known) => known === value)),
  }
}

export function integerOption(description: string, min: number, max: number): Option<number | undefined> {
  return {
    definition: { type: Type.Integer, description, min_value: min, max_value: max },
    accepts: optional(
      (value): value is number =>
        typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max,
    ),
  }
}

export function booleanOption(description: string): Option<boolean | undefined> {
  return {
    definition: { type: Type.Boolean, description },
    accepts: optional((value): value is boolean => typeof value === 'boolean'),
  }
}

export function userOption(description: string): Option<Snowflake | undefined> {
  return { definition: { type: Type.User, description }, accepts: optional(isSnowflake) }
}

export function roleOption(description: string): Option<Snowflake | undefined> {
  return { definition: { type: Type.Role, description }, accepts: optional(isSnowflake) }
}

/** @param types of the channels that can be chosen; absent for any */
export function channelOption(
  description: string,
  types?: Extract<APIApplicationCommandBasicOption, { type: Type.Channel }>['channel_types'],
): Option<Snowflake | undefined> {
  return {
    definition: { type: Type.Channel, description, ...(types && { channel_types: types }) },
    accepts: optional(isSnowflake),
  }
}

/** The same option, as a required one. */
export function required<Value>(option: Option<Value>): Option<Exclude<Value, undefined>> {
  return {
    ...option,
    definition: { ...option.definition, required: true },
    accepts: (value): value is Exclude<Value, undefined> => value !== undefined && option.accepts(value),
  }
}

function optional<Value>(accepts: (value: unknown) => value is Value) {
  return (value: unknown): value is Value | undefined => value === undefined || accepts(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
