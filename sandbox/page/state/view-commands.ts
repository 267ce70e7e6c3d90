import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  ApplicationCommandType,
  ApplicationCommandOptionType as Type,
} from 'discord-api-types/v10'
import type { CommandView, MenuView, OptionType, OptionView } from './page-state.ts'

const SORTS: Partial<Record<Type, OptionType>> = {
  [Type.Integer]: 'whole',
  [Type.Boolean]: 'toggle',
  [Type.User]: 'user',
  [Type.Channel]: 'channel',
  [Type.Role]: 'role',
}

/** What `/` lists: each subcommand by itself, as Discord does. */
export function commandViews(commands: readonly APIApplicationCommand[]): CommandView[] {
  return commands
    .filter(({ type }) => type === ApplicationCommandType.ChatInput)
    .flatMap(({ name, options = [] }) =>
      options.flatMap((option) =>
        option.type === Type.Subcommand
          ? [
              {
                path: `${name} ${option.name}`,
                description: option.description,
                options: (option.options ?? []).map(optionView),
              },
            ]
          : [],
      ),
    )
}

export function menuViews(commands: readonly APIApplicationCommand[]): MenuView[] {
  return commands.flatMap(({ name, type }): MenuView[] => {
    if (type === ApplicationCommandType.User) return [{ name, of: 'user' }]
    return type === ApplicationCommandType.Message ? [{ name, of: 'message' }] : []
  })
}

function optionView(option: APIApplicationCommandBasicOption): OptionView {
  return {
    name: option.name,
    description: option.description,
    type: SORTS[option.type] ?? 'text',
    required: option.required === true,
    hasAutocomplete: 'autocomplete' in option && option.autocomplete === true,
    choices: 'choices' in option ? (option.choices ?? []).map(({ name, value }) => ({ name, value })) : [],
  }
}
