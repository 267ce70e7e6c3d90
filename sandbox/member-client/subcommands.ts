import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType as Type,
} from 'discord-api-types/v10'

/** A subcommand, as a member uses it. */
export interface Subcommand {
  /** Such as `audit recent`, or `custos feed add` for one of a group. */
  readonly path: string
  readonly description: string
  readonly options: readonly APIApplicationCommandBasicOption[]
}

/** All subcommands of a command, those of its groups too. */
export function subcommandsOf({ name, options = [] }: APIApplicationCommand): Subcommand[] {
  return options.flatMap((option) => subcommandsIn(option, name))
}

function subcommandsIn(option: APIApplicationCommandOption, parent: string): Subcommand[] {
  const path = `${parent} ${option.name}`
  if (option.type === Type.SubcommandGroup) {
    return (option.options ?? []).flatMap((each) => subcommandsIn(each, path))
  }
  if (option.type !== Type.Subcommand) return []
  return [{ path, description: option.description, options: option.options ?? [] }]
}
