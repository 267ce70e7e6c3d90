import { ApplicationCommandType, ApplicationCommandOptionType as Option } from 'discord-api-types/v10'
import { asString, isJsonObject, type JsonObject, jsonObjects } from '../../world/json.ts'
import { FormErrors, type Path, tooManyCommands } from '../errors.ts'
import { checkDescription, checkName, checkType } from './command-fields.ts'

/** How many commands of each type there may be, globally and in each guild. */
const MOST: ReadonlyMap<unknown, number> = new Map([
  [ApplicationCommandType.ChatInput, 100],
  [ApplicationCommandType.User, 15],
  [ApplicationCommandType.Message, 15],
])

/** Refuses commands that Discord would refuse, with the path of each fault. */
export function checkCommands(commands: unknown): void {
  const faults = new FormErrors()
  if (!Array.isArray(commands)) {
    faults.add([], 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType')
    faults.check()
    return
  }
  faults.length([], commands, 0, 130)
  const named = new Set<string>()
  for (const [index, command] of commands.entries()) {
    checkCommand(faults, [index], command)
    if (!isJsonObject(command)) continue
    const name = `${command.type ?? 1}:${command.name}`
    if (named.has(name)) {
      faults.add([index], 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique')
    }
    named.add(name)
  }
  faults.check()
  checkCount(jsonObjects(commands))
}

/** @throws ApiError 30032 where there are too many commands of a type */
export function checkCount(commands: readonly { readonly type?: unknown }[]): void {
  for (const [type, most] of MOST) {
    if (commands.filter((command) => (command.type ?? 1) === type).length > most) throw tooManyCommands(most)
  }
}

export function checkOneCommand(command: unknown): void {
  const faults = new FormErrors()
  checkCommand(faults, [], command)
  faults.check()
}

function checkCommand(faults: FormErrors, at: Path, command: unknown): void {
  if (!isJsonObject(command)) {
    faults.add(at, 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType')
    return
  }
  const { type = 1, name, description, options, default_member_permissions: permissions } = command
  if (type === ApplicationCommandType.ChatInput) {
    checkName(faults, [...at, 'name'], name)
    checkDescription(faults, [...at, 'description'], description)
    checkOptions(faults, [...at, 'options'], options)
  } else {
    if (typeof name !== 'string') faults.required([...at, 'name'])
    else faults.length([...at, 'name'], name, 1, 32)
    if (description)
      faults.add(
        [...at, 'description'],
        'APPLICATION_COMMAND_INVALID_DESCRIPTION',
        'Context menu commands cannot have description',
      )
  }
  if (permissions !== undefined && permissions !== null && !/^\d+$/.test(String(permissions))) {
    faults.add([...at, 'default_member_permissions'], 'BASE_TYPE_PARSE', 'This value is not a permission set')
  }
  if (sizeOf(command) > 8000) {
    faults.add(at, 'APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)')
  }
}

function checkOptions(faults: FormErrors, at: Path, options: unknown): void {
  const given = jsonObjects(options)
  faults.length(at, given, 0, 25)
  const names = new Set<unknown>()
  let optionalSeen = false
  for (const [index, option] of given.entries()) {
    const here = [...at, index]
    checkType(faults, [...here, 'type'], option.type)
    checkName(faults, [...here, 'name'], option.name)
    checkDescription(faults, [...here, 'description'], option.description)
    if (names.has(option.name)) {
      faults.add(
        here,
        'APPLICATION_COMMAND_OPTIONS_NAME_INVALID',
        `Option name ${option.name} is already used in these options`,
      )
    }
    names.add(option.name)
    if (option.required === true && optionalSeen) {
      faults.add(
        here,
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      )
    }
    optionalSeen ||= option.required !== true && !isGroup(option)
    checkChoices(faults, here, option)
    if (isGroup(option)) checkOptions(faults, [...here, 'options'], option.options)
  }
}

function checkChoices(faults: FormErrors, at: Path, { choices, autocomplete, type }: JsonObject): void {
  const given = jsonObjects(choices)
  faults.length([...at, 'choices'], given, 0, 25)
  if (given.length > 0 && autocomplete === true) {
    faults.add(
      at,
      'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
      'Options cannot have both choices and autocomplete',
    )
  }
  for (const [index, { name, value }] of given.entries()) {
    const here = [...at, 'choices', index]
    if (typeof name === 'string') faults.length([...here, 'name'], name, 1, 100)
    else faults.required([...here, 'name'])
    if (value === undefined) faults.required([...here, 'value'])
    else if (type === Option.String) faults.length([...here, 'value'], String(value), 0, 100)
  }
}

function isGroup({ type }: JsonObject): boolean {
  return type === Option.Subcommand || type === Option.SubcommandGroup
}

/** The characters of all names, descriptions and choices of a command, which may be 8,000 in all. */
function sizeOf({ name, description, options, choices, value }: JsonObject): number {
  const own = [name, description, value].reduce<number>((sum, part) => sum + (asString(part)?.length ?? 0), 0)
  return [...jsonObjects(options), ...jsonObjects(choices)].reduce((sum, part) => sum + sizeOf(part), own)
}
