import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  ApplicationCommandType,
  ApplicationCommandOptionType as Type,
} from 'discord-api-types/v10'
import { subcommandsOf } from '../../member-client/subcommands.ts'
import type { CommandView, MenuView, OptionType, OptionView } from './page-state.ts'

const TYPES: Partial<Record<Type, OptionType>> = {
  [Type.Integer]: 'integer',
  [Type.Boolean]: 'boolean',
  [Type.User]: 'user',
  [Type.Channel]: 'channel',
  [Type.Role]: 'role',
}

/** The list behind `/`: every subcommand by itself, as in Discord. */
export function commandViews(commands: readonly APIApplicationCommand[]): CommandView[] {
  return commands
    .filter(({ type }) => type === ApplicationCommandType.ChatInput)
    .flatMap(subcommandsOf)
    .map((subcommand) => ({ ...subcommand, options: subcommand.options.map(optionView) }))
}

export function menuViews(commands: readonly APIApplicationCommand[]): MenuView[] {
  return commands.flatMap(({ name, type }): MenuView[] => {
    if (type === ApplicationCommandType.User) return [{ name, on: 'user' }]
    return type === ApplicationCommandType.Message ? [{ name, on: 'message' }] : []
  })
}

function optionView(option: APIApplicationCommandBasicOption): OptionView {
  return {
    name: option.name,
    description: option.description,
    type: TYPES[option.type] ?? 'text',
    required: option.required === true,
    hasAutocomplete: 'autocomplete' in option && option.autocomplete === true,
    choices: 'choices' in option ? (option.choices ?? []).map(({ name, value }) => ({ name, value })) : [],
  }
}
