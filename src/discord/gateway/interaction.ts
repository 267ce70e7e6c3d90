import { ApplicationCommandType, ComponentType, InteractionType } from 'discord-api-types/v10'
import { readBits } from '../../core/audit-log/named-bits.ts'
import { isRecord } from '../../core/json.ts'
import { isSnowflake } from '../../core/snowflake.ts'
import type { Refused } from './frame.ts'

type Sent = Readonly<Record<string, unknown>>

/**
 * How large a file may be where an interaction does not say, in bytes.
 * https://docs.discord.com/developers/reference#uploading-files
 */
const USUAL_FILE_LIMIT = 10 * 1024 * 1024

/** How deep options are nested: a group, its subcommand, and that one's options. */
const DEEPEST_OPTIONS = 3

/**
 * An interaction of a guild, cut down to what answers are made from. discord.js also builds classes of its own for what
 * was picked, for the member and for the message a button is under, which throw on much that is odd.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object
 */
export function readInteraction(sent: Sent): { readonly forClient: object } | Refused {
  const { id, application_id, token, type, guild_id, member, attachment_size_limit: limit } = sent
  if (!isSnowflake(id) || !isSnowflake(application_id)) return { refused: 'it has no usable id' }
  if (typeof token !== 'string' || token === '') return { refused: 'it has no token' }
  if (!isRecord(member) || !isRecord(member.user) || !isSnowflake(member.user.id)) {
    return { refused: 'it names no member' }
  }
  const read = readData(type, isRecord(sent.data) ? sent.data : {})
  if (read === undefined) return { refused: 'it is of a type that Custos does not know' }
  const { user } = member
  return {
    forClient: {
      id,
      application_id,
      token,
      ...read,
      version: 1,
      guild_id,
      member: {
        user: {
          id: user.id,
          username: typeof user.username === 'string' ? user.username : user.id,
          discriminator: '0',
          bot: user.bot === true,
        },
        roles: [],
        permissions: String(readBits(member.permissions) ?? 0n),
      },
      app_permissions: '0',
      entitlements: [],
      authorizing_integration_owners: {},
      attachment_size_limit: isFileLimit(limit) ? limit : USUAL_FILE_LIMIT,
      ...(type === InteractionType.MessageComponent && { message: messageOf(sent) }),
    },
  }
}

function isFileLimit(sent: unknown): sent is number {
  return typeof sent === 'number' && Number.isSafeInteger(sent) && sent > 0
}

/**
 * What was typed or pressed. Where that is not told, it is a command without a name, so that the member is told that
 * Custos does not know it. Undefined for a type that cannot be answered.
 */
function readData(
  type: unknown,
  data: Sent,
): { readonly type: InteractionType; readonly data: object } | undefined {
  switch (type) {
    case InteractionType.ApplicationCommand:
    case InteractionType.ApplicationCommandAutocomplete:
      return { type, data: commandOf(data) }
    case InteractionType.MessageComponent:
      return { type, data: componentOf(data) }
    // Custos opens no modals.
    case InteractionType.ModalSubmit:
      return { type: InteractionType.ApplicationCommand, data: commandOf({}) }
    default:
      return undefined
  }
}

function commandOf({ id, name, type, options, target_id }: Sent): object {
  return {
    id: isSnowflake(id) ? id : '0',
    name: isText(name) ? name : '',
    type: COMMANDS.includes(type) ? type : ApplicationCommandType.ChatInput,
    options: optionsOf(options),
    resolved: {},
    // Whether it is the id of anything is for the command to say.
    ...(type !== ApplicationCommandType.ChatInput && { target_id: isText(target_id) ? target_id : '' }),
  }
}

const COMMANDS: readonly unknown[] = [
  ApplicationCommandType.ChatInput,
  ApplicationCommandType.User,
  ApplicationCommandType.Message,
]

/** Options that are named. Their values can be anything, which is for the command to refuse. */
function optionsOf(sent: unknown, depth = 1): object[] {
  if (!Array.isArray(sent) || depth > DEEPEST_OPTIONS) return []
  return sent.filter(isRecord).flatMap(({ name, type, value, options, focused }) => {
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

function componentOf({ custom_id, component_type, values }: Sent): object {
  return {
    custom_id: isText(custom_id) ? custom_id : '',
    component_type: COMPONENTS.includes(component_type) ? component_type : ComponentType.Button,
    values: Array.isArray(values) ? values.filter(isText) : [],
  }
}

const COMPONENTS: readonly unknown[] = [ComponentType.Button, ComponentType.StringSelect]

/** Of the message under which a button was pressed Custos needs nothing, but discord.js builds one. */
function messageOf({ message }: Sent): object {
  const { id, channel_id } = isRecord(message) ? message : {}
  return { id: isSnowflake(id) ? id : '0', channel_id: isSnowflake(channel_id) ? channel_id : '0' }
}

function isText(sent: unknown): sent is string {
  return typeof sent === 'string'
}
