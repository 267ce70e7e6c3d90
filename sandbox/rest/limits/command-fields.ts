import { ApplicationCommandOptionType } from 'discord-api-types/v10'
import type { FormErrors, Path } from '../form-errors.ts'

/** The names of commands and options. https://docs.discord.com/developers/interactions/application-commands */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]*$/u

const OPTION_TYPES: readonly unknown[] = Object.values(ApplicationCommandOptionType).filter(
  (value) => typeof value === 'number',
)

export function checkType(errors: FormErrors, at: Path, type: unknown): void {
  if (type === undefined) errors.required(at)
  else if (!OPTION_TYPES.includes(type)) errors.choices(at, OPTION_TYPES)
}

export function checkName(errors: FormErrors, at: Path, name: unknown): void {
  if (typeof name !== 'string' || name === '') {
    errors.required(at)
    return
  }
  errors.length(at, name, 1, 32)
  const fits = NAME.test(name)
  if (!fits) errors.add(at, 'STRING_TYPE_REGEX', 'String value did not match validation regex.')
  if (!fits || name !== name.toLowerCase()) {
    errors.add(at, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid')
  }
}

export function checkDescription(errors: FormErrors, at: Path, description: unknown): void {
  if (typeof description !== 'string' || description === '') errors.required(at)
  else errors.length(at, description, 1, 100)
}
