import { ApplicationCommandOptionType } from 'discord-api-types/v10'
import type { FormErrors, Path } from '../errors.ts'

/** Names of commands and options. https://docs.discord.com/developers/interactions/application-commands */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]*$/u

const OPTION_TYPES: readonly unknown[] = Object.values(ApplicationCommandOptionType).filter(
  (value) => typeof value === 'number',
)

export function checkType(faults: FormErrors, at: Path, type: unknown): void {
  if (type === undefined) faults.required(at)
  else if (!OPTION_TYPES.includes(type)) faults.choices(at, OPTION_TYPES)
}

export function checkName(faults: FormErrors, at: Path, name: unknown): void {
  if (typeof name !== 'string' || name === '') {
    faults.required(at)
    return
  }
  faults.length(at, name, 1, 32)
  const fits = NAME.test(name)
  if (!fits) faults.add(at, 'STRING_TYPE_REGEX', 'String value did not match validation regex.')
  if (!fits || name !== name.toLowerCase()) {
    faults.add(at, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid')
  }
}

export function checkDescription(faults: FormErrors, at: Path, description: unknown): void {
  if (typeof description !== 'string' || description === '') faults.required(at)
  else faults.length(at, description, 1, 100)
}
