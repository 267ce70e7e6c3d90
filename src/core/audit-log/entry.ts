import { isRecord, isWithinDepth } from '../json.ts'
import { isSnowflake, type Snowflake } from '../snowflake.ts'
import { kindOf } from './kind.ts'
import { ActionType } from './undocumented.ts'

/** The most levels of nesting in a field of an entry. Discord's own have four. */
const MAX_DEPTH = 50

/** The largest count that is accepted. Millions of them can be added up without losing precision. */
const LARGEST_COUNT = 2 ** 31 - 1

/**
 * One change as Discord sends it. Without `new_value` the key was reset, without `old_value` it was not set before.
 * https://docs.discord.com/developers/resources/audit-log#audit-log-change-object
 */
export interface RawChange {
  readonly key: string
  readonly old_value?: unknown
  readonly new_value?: unknown
}

/** The payload of an entry as Discord sent it. Its fields can have any value that is not nested too deeply. */
export type EntryPayload = Readonly<Record<string, unknown>>

/** One entry of a guild's audit log. */
export interface Entry {
  readonly guildId: Snowflake
  readonly id: Snowflake
  /** The action type, or a kind below zero (see `Kind`). */
  readonly kind: number
  /** Who acted; null if Discord does not say. */
  readonly executorId: Snowflake | null
  /** Whom a bot acted for, by the reason it wrote; null if that is no recorded member. Set by the archive. */
  readonly onBehalfOfId: Snowflake | null
  /** What it was done to. Usually a snowflake, but Discord does not guarantee it. */
  readonly targetId: string | null
  readonly channelId: Snowflake | null
  /** How many messages or members the entry stands for; null if Discord sent no count. */
  readonly count: number | null
  readonly reason: string | null
  readonly changes: readonly RawChange[]
  readonly options: Readonly<Record<string, unknown>>
  readonly payload: EntryPayload
}

/** An entry, or the reason why a payload was rejected. */
type ParsedEntry = { readonly entry: Entry } | { readonly rejected: string }

/**
 * Parses an entry that Discord sent by REST or by the gateway. Fields of an unexpected type are ignored; an entry is
 * rejected only without a usable id or without an action type. A race in Discord leaves out the type, and its staff
 * advise to skip such entries.
 */
export function parseEntry(guildId: Snowflake, sent: unknown): ParsedEntry {
  if (!isRecord(sent)) return { rejected: 'it is not an object' }
  const { guild_id: _, ...fields } = sent
  const payload = withoutDeepFields(fields)
  if (!isSnowflake(payload.id)) return { rejected: 'it has no usable id' }
  const type = payload.action_type
  if (typeof type !== 'number' || !Number.isSafeInteger(type) || type < 0) {
    return { rejected: 'it has no action type' }
  }

  const executorId = isSnowflake(payload.user_id) ? payload.user_id : null
  const targetId =
    typeof payload.target_id === 'string' && payload.target_id !== '' ? payload.target_id : null
  const changes = Array.isArray(payload.changes) ? payload.changes.filter(isChange) : []
  const options = isRecord(payload.options) ? payload.options : {}
  const { id } = payload
  const kind = kindOf({ id, type, executorId, targetId, changes })
  return {
    entry: {
      guildId,
      id: payload.id,
      kind,
      executorId,
      onBehalfOfId: null,
      targetId,
      channelId: channelOf(kind, targetId, options),
      count: countOf(options.count),
      reason: typeof payload.reason === 'string' ? payload.reason : null,
      changes,
      options,
      payload,
    },
  }
}

/** The fields without those that are nested too deeply. */
function withoutDeepFields(fields: EntryPayload): EntryPayload {
  const isUsable = (field: unknown) => isWithinDepth(field, MAX_DEPTH)
  if (Object.values(fields).every(isUsable)) return fields
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => isUsable(field)))
}

const ON_CHANNEL: ReadonlySet<number> = new Set([
  ActionType.ChannelCreate,
  ActionType.ChannelUpdate,
  ActionType.ChannelDelete,
  ActionType.ChannelOverwriteCreate,
  ActionType.ChannelOverwriteUpdate,
  ActionType.ChannelOverwriteDelete,
  ActionType.MessageBulkDelete,
])

/** Whether the target of a kind of action is the channel it happened in. */
export function actsOnChannel(kind: number): boolean {
  return ON_CHANNEL.has(kind)
}

function channelOf(kind: number, targetId: string | null, options: EntryPayload): Snowflake | null {
  if (isSnowflake(options.channel_id)) return options.channel_id
  return actsOnChannel(kind) && isSnowflake(targetId) ? targetId : null
}

/** Discord sends counts as strings. Anything other than a whole number within the limit is not a count. */
function countOf(value: unknown): number | null {
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  const isCount = typeof count === 'number' && Number.isInteger(count) && count >= 0
  return isCount && count <= LARGEST_COUNT ? count : null
}

function isChange(value: unknown): value is RawChange {
  return isRecord(value) && typeof value.key === 'string'
}
