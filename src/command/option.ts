import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType as Type,
} from 'discord-api-types/v10'
import { isSnowflake, type Snowflake } from '../core/snowflake.ts'

/** What an option offers while its value is typed. */
export type Suggests = 'actions' | 'names' | 'members' | 'since' | 'until' | 'entries'

/** An option of a command: what Discord is told of it, and what its value is. */
export interface Option<Value> {
  /** The option as registered, but for its name, which is its key among the command's options. */
  readonly definition: Unnamed<APIApplicationCommandBasicOption>
  readonly suggests?: Suggests
  /** Whether a value that arrived is one the option takes. */
  takes(value: unknown): value is Value
}

type Unnamed<Definition> = Definition extends unknown ? Omit<Definition, 'name'> : never

export type Options = Readonly<Record<string, Option<unknown>>>

/** The arguments a handler gets for its options: a required one always, any other when it was given. */
export type Arguments<Chosen extends Options> = {
  readonly [Name in keyof Chosen]: Chosen[Name] extends Option<infer Value> ? Value : never
}

/** Whether the values that arrived fit the options, so that the handler can rely on their types. */
export function areArguments<Chosen extends Options>(
  options: Chosen,
  values: Readonly<Record<string, unknown>>,
): values is Arguments<Chosen> {
  return Object.entries(options).every(([name, option]) => option.takes(values[name]))
}

/** How long a text can be where the option does not say, as Discord has it. */
const LONGEST = 6000

export function text(
  description: string,
  { suggests, longest }: { suggests?: Suggests; longest?: number } = {},
): Option<string | undefined> {
  return {
    definition: {
      type: Type.String,
      description,
      ...(suggests && { autocomplete: true }),
      ...(longest !== undefined && { max_length: longest }),
    },
    ...(suggests && { suggests }),
    takes: optional((value): value is string => isText(value) && [...value].length <= (longest ?? LONGEST)),
  }
}

export function choice<const Choice extends string>(
  description: string,
  choices: readonly Choice[],
): Option<Choice | undefined> {
  return {
    definition: { type: Type.String, description, choices: choices.map((value) => ({ name: value, value })) },
    takes: optional((value): value is Choice => choices.some((known) => known === value)),
  }
}

export function whole(description: string, least: number, most: number): Option<number | undefined> {
  return {
    definition: { type: Type.Integer, description, min_value: least, max_value: most },
    takes: optional(
      (value): value is number =>
        typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most,
    ),
  }
}

export function toggle(description: string): Option<boolean | undefined> {
  return {
    definition: { type: Type.Boolean, description },
    takes: optional((value): value is boolean => typeof value === 'boolean'),
  }
}

export function user(description: string): Option<Snowflake | undefined> {
  return { definition: { type: Type.User, description }, takes: optional(isSnowflake) }
}

export function role(description: string): Option<Snowflake | undefined> {
  return { definition: { type: Type.Role, description }, takes: optional(isSnowflake) }
}

export function channel(description: string): Option<Snowflake | undefined> {
  return { definition: { type: Type.Channel, description }, takes: optional(isSnowflake) }
}

/** The same option, but one that has to be given. */
export function required<Value>(option: Option<Value>): Option<Exclude<Value, undefined>> {
  return {
    ...option,
    definition: { ...option.definition, required: true },
    takes: (value): value is Exclude<Value, undefined> => value !== undefined && option.takes(value),
  }
}

function optional<Value>(takes: (value: unknown) => value is Value) {
  return (value: unknown): value is Value | undefined => value === undefined || takes(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
