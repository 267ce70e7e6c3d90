import { ApplicationCommandType, ComponentType, InteractionType } from 'discord-api-types/v10'
import { readBits } from '../../core/audit-log/named-bits.ts'
import { isRecord, recordsIn } from '../../core/json.ts'
import { isSnowflake } from '../../core/snowflake.ts'
import type { Payload, Rejected } from './payload.ts'

/**
 * The largest file a reply may have if the interaction does not say, in bytes.
 * https://docs.discord.com/developers/reference#uploading-files
 */
const DEFAULT_FILE_LIMIT = 10 * 1024 * 1024

/** How deep options can be nested: a group, its subcommand, and the options of that. */
const MAX_OPTION_DEPTH = 3

/**
 * Parses an interaction in a guild, and reduces it to what replies need. discord.js would also build objects from the
 * resolved data, the member and the message of a button, and throws on unusual values in them. Of the resolved data,
 * whether roles are mentionable stays.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object
 */
export function parseInteraction(payload: Payload): { readonly forClient: object } | Rejected {
  const { id, application_id, token, type, guild_id, member, attachment_size_limit: limit } = payload
  if (!isSnowflake(id) || !isSnowflake(application_id)) return { rejected: 'it has no id' }
  if (typeof token !== 'string' || token === '') return { rejected: 'it has no token' }
  if (!isRecord(member) || !isRecord(member.user) || !isSnowflake(member.user.id)) {
    return { rejected: 'it has no member' }
  }
  const parsed = parseData(type, isRecord(payload.data) ? payload.data : {})
  if (parsed === undefined) return { rejected: 'its type is unknown' }
  const { user } = member
  return {
    forClient: {
      id,
      application_id,
      token,
      ...parsed,
      version: 1,
      guild_id,
      ...channelOf(payload),
      member: {
        user: {
          id: user.id,
          username: typeof user.username === 'string' ? user.username : user.id,
          discriminator: '0',
          bot: user.bot === true,
        },
        roles: Array.isArray(member.roles) ? member.roles.filter(isSnowflake) : [],
        permissions: String(readBits(member.permissions) ?? 0n),
      },
      app_permissions: String(readBits(payload.app_permissions) ?? 0n),
      entitlements: [],
      authorizing_integration_owners: {},
      attachment_size_limit: isFileLimit(limit) ? limit : DEFAULT_FILE_LIMIT,
      ...(MESSAGE_TYPES.includes(type) && { message: messageOf(payload) }),
    },
  }
}

/** The interactions that belong to a message. Every form that Custos shows is that of a component on a message. */
const MESSAGE_TYPES: readonly unknown[] = [InteractionType.MessageComponent, InteractionType.ModalSubmit]

function isFileLimit(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}

/**
 * What was typed or clicked. Anything Custos cannot handle becomes a command without a name, which is answered as unknown.
 * @returns undefined for a type that cannot be answered
 */
function parseData(
  type: unknown,
  data: Payload,
): { readonly type: InteractionType; readonly data: object } | undefined {
  switch (type) {
    case InteractionType.ApplicationCommand:
    case InteractionType.ApplicationCommandAutocomplete:
      return { type, data: commandOf(data) }
    case InteractionType.MessageComponent:
      return { type, data: componentOf(data) }
    case InteractionType.ModalSubmit:
      return { type, data: modalOf(data) }
    default:
      return undefined
  }
}

function commandOf({ id, name, type, options, target_id, resolved }: Payload): object {
  return {
    id: isSnowflake(id) ? id : '0',
    name: isText(name) ? name : '',
    type: COMMANDS.includes(type) ? type : ApplicationCommandType.ChatInput,
    options: optionsOf(options),
    resolved: { roles: rolesOf(resolved) },
    // The command checks that it is an id.
    ...(type !== ApplicationCommandType.ChatInput && { target_id: isText(target_id) ? target_id : '' }),
  }
}

/** The roles that the options of a command name. */
function rolesOf(resolved: unknown): object {
  const roles = isRecord(resolved) && isRecord(resolved.roles) ? Object.entries(resolved.roles) : []
  return Object.fromEntries(
    roles.flatMap(([id, role]) =>
      isSnowflake(id) && isRecord(role) ? [[id, { id, mentionable: role.mentionable === true }]] : [],
    ),
  )
}

const COMMANDS: readonly unknown[] = [
  ApplicationCommandType.ChatInput,
  ApplicationCommandType.User,
  ApplicationCommandType.Message,
]

/** The options that have a name. The command checks their values. */
function optionsOf(list: unknown, depth = 1): object[] {
  if (depth > MAX_OPTION_DEPTH) return []
  return recordsIn(list).flatMap(({ name, type, value, options, focused }) => {
    if (typeof name !== 'string' || typeof type !== 'number') return []
    return [
      {
        name,
        type,
        ...(value !== undefined && { value }),
        ...(options !== undefined && { options: optionsOf(options, depth + 1) }),
        ...(focused === true && { focused }),
      },
    ]
  })
}

function componentOf({ custom_id, component_type, values }: Payload): object {
  return {
    custom_id: isText(custom_id) ? custom_id : '',
    component_type: COMPONENTS.includes(component_type) ? component_type : ComponentType.Button,
    values: Array.isArray(values) ? values.filter(isText) : [],
  }
}

const COMPONENTS: readonly unknown[] = [ComponentType.Button, ComponentType.StringSelect]

/**
 * What was typed into a modal: its text inputs, each in a label. discord.js throws on a list that is missing and on
 * components that are no objects. https://docs.discord.com/developers/components/reference#text-input
 */
function modalOf({ custom_id, components }: Payload): object {
  const inputs = recordsIn(components).flatMap(({ component, components: row }) => [
    ...(isRecord(component) ? [component] : []),
    ...recordsIn(row),
  ])
  return {
    custom_id: isText(custom_id) ? custom_id : '',
    components: inputs.flatMap(({ custom_id: id, value }) =>
      isText(id) && isText(value)
        ? [{ type: ComponentType.Label, component: { type: ComponentType.TextInput, custom_id: id, value } }]
        : [],
    ),
  }
}

/** The message a button is on. Custos does not need it, but discord.js builds an object from it. */
function messageOf({ message }: Payload): object {
  const { id, channel_id } = isRecord(message) ? message : {}
  return { id: isSnowflake(id) ? id : '0', channel_id: isSnowflake(channel_id) ? channel_id : '0' }
}

/**
 * The channel of an interaction. The message of a menu command says its own, which can differ: a thread shows the message
 * that it was started from, and that is in another channel.
 */
function channelOf({ channel, channel_id, data }: Payload): { readonly channel?: object } {
  const { target_id, resolved } = isRecord(data) ? data : {}
  const { messages } = isRecord(resolved) ? resolved : {}
  const message = isRecord(messages) && isText(target_id) ? messages[target_id] : undefined
  const ids = [isRecord(message) && message.channel_id, channel_id, isRecord(channel) && channel.id]
  const id = ids.find(isSnowflake)
  return id === undefined ? {} : { channel: { id } }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
