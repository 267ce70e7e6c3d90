import { ApplicationCommandType, ApplicationCommandOptionType as Option } from 'discord-api-types/v10'
import { FormFaults } from './errors.ts'
import { isJson, type Json, objects, text } from './json.ts'

type Path = readonly (string | number)[]

/** Names of commands and options. https://docs.discord.com/developers/interactions/application-commands */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u

/** Refuses commands that Discord would refuse, with the path of each fault. */
export function checkCommands(commands: readonly unknown[]): void {
  const faults = new FormFaults()
  const named = new Set<string>()
  for (const [index, command] of commands.entries()) {
    checkCommand(faults, [index], command)
    if (!isJson(command)) continue
    const name = `${command.type ?? 1}:${command.name}`
    if (named.has(name)) {
      faults.add(
        [index, 'name'],
        'APPLICATION_COMMANDS_DUPLICATE_NAME',
        'Application command names must be unique',
      )
    }
    named.add(name)
  }
  for (const type of Object.values(ApplicationCommandType).filter((value) => typeof value === 'number')) {
    const most = type === ApplicationCommandType.ChatInput ? 100 : 15
    const count = objects(commands).filter((command) => (command.type ?? 1) === type).length
    if (count > most)
      faults.add(
        [],
        'APPLICATION_COMMANDS_EXCEEDED',
        `Maximum number of application commands reached (${most})`,
      )
  }
  faults.check()
}

export function checkOneCommand(command: unknown): void {
  const faults = new FormFaults()
  checkCommand(faults, [], command)
  faults.check()
}

function checkCommand(faults: FormFaults, at: Path, command: unknown): void {
  if (!isJson(command)) {
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

function checkOptions(faults: FormFaults, at: Path, options: unknown): void {
  const given = objects(options)
  faults.length(at, given, 0, 25)
  const names = new Set<unknown>()
  let optionalSeen = false
  for (const [index, option] of given.entries()) {
    const here = [...at, index]
    checkName(faults, [...here, 'name'], option.name)
    checkDescription(faults, [...here, 'description'], option.description)
    if (names.has(option.name)) {
      faults.add(
        [...here, 'name'],
        'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
        'Option name already exists',
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

function checkChoices(faults: FormFaults, at: Path, { choices, autocomplete, type }: Json): void {
  const given = objects(choices)
  faults.length([...at, 'choices'], given, 0, 25)
  if (given.length > 0 && autocomplete === true) {
    faults.add(
      at,
      'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
      'Options cannot have both choices and autocomplete',
    )
  }
  for (const [index, { name, value }] of given.entries()) {
    faults.length([...at, 'choices', index, 'name'], text(name) ?? '', 1, 100)
    if (type === Option.String) faults.length([...at, 'choices', index, 'value'], text(value) ?? '', 0, 100)
  }
}

function isGroup({ type }: Json): boolean {
  return type === Option.Subcommand || type === Option.SubcommandGroup
}

function checkName(faults: FormFaults, at: Path, name: unknown): void {
  if (typeof name !== 'string') faults.required(at)
  else if (!NAME.test(name) || name !== name.toLowerCase()) {
    faults.add(at, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid')
  }
}

function checkDescription(faults: FormFaults, at: Path, description: unknown): void {
  if (typeof description !== 'string' || description === '') faults.required(at)
  else faults.length(at, description, 1, 100)
}

/** The characters of all names, descriptions and choices of a command, which may be 8,000 in all. */
function sizeOf({ name, description, options, choices, value }: Json): number {
  const own = [name, description, value].reduce<number>((sum, part) => sum + (text(part)?.length ?? 0), 0)
  return [...objects(options), ...objects(choices)].reduce((sum, part) => sum + sizeOf(part), own)
}
