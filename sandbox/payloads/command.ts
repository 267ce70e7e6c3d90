import type { APIApplicationCommand } from 'discord-api-types/v10'
import { isJsonObject, type JsonObject, jsonObjects } from '../world/json.ts'
import type { Application, World } from '../world/world.ts'

/** A command as Discord returns it: with an id, a version, and defaults for missing fields. */
export function commandPayload(
  world: World,
  application: Application,
  sent: JsonObject,
  guildId: string | undefined,
  id = world.newId(),
): APIApplicationCommand {
  const { type = 1, name, options, nsfw = false, contexts = null, integration_types = [0] } = sent
  const filled: object = {
    id,
    application_id: application.id,
    version: world.newId(),
    default_member_permissions: sent.default_member_permissions ?? null,
    type,
    name,
    name_localizations: sent.name_localizations ?? null,
    description: sent.description ?? '',
    description_localizations: sent.description_localizations ?? null,
    dm_permission: contexts === null || (Array.isArray(contexts) && contexts.includes(1)),
    contexts,
    integration_types,
    ...(hasAny(options) && { options: jsonObjects(options).map(optionPayload) }),
    nsfw,
    ...(guildId !== undefined && { guild_id: guildId }),
  }
  return JSON.parse(JSON.stringify(filled))
}

/** Discord leaves out the defaults `required: false` and `autocomplete: false`. */
function optionPayload(option: JsonObject): JsonObject {
  const { required, autocomplete, choices, options, ...rest } = option
  return {
    name_localizations: null,
    description_localizations: null,
    ...rest,
    ...(required === true && { required }),
    ...(autocomplete === true && { autocomplete }),
    ...(hasAny(choices) && {
      choices: jsonObjects(choices).map((choice) => ({ name_localizations: null, ...choice })),
    }),
    ...(hasAny(options) && { options: jsonObjects(options).map(optionPayload) }),
  }
}

/** Removes localizations, which a list of commands has only with `with_localizations=true`. */
export function withoutLocalizations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLocalizations)
  if (!isJsonObject(value)) return value
  const { name_localizations: _names, description_localizations: _descriptions, ...rest } = value
  return Object.fromEntries(Object.entries(rest).map(([key, field]) => [key, withoutLocalizations(field)]))
}

function hasAny(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0
}
