import { isRecord, isWithinDepth } from '../json.ts'
import { isSnowflake, type Snowflake } from '../snowflake.ts'
import { actionOf } from './action.ts'
import { kindOf } from './kind.ts'

/** How deep the fields of an entry are nested at most. Discord's own are four deep. */
const DEEPEST = 50

/** The largest count that is believed; so many of these can be added up without losing a digit. */
const LARGEST_COUNT = 2 ** 31 - 1

/** One change as Discord sends it: no `new_value` means reset, no `old_value` means it was not set. */
export interface RawChange {
  readonly key: string
  readonly old_value?: unknown
  readonly new_value?: unknown
}

/** An entry's payload exactly as Discord sent it. Its fields can hold anything, as deep as any use of it can go. */
export type EntryPayload = Readonly<Record<string, unknown>>

/** One entry of a guild's audit log. */
export interface Entry {
  readonly guildId: Snowflake
  readonly id: Snowflake
  /** The action type, or a kind below zero where the catalogue tells more apart (see `Kind`). */
  readonly kind: number
  /** Who acted; null where Discord does not say. */
  readonly executorId: Snowflake | null
  /** Whom a bot did it for, by the reason it gave; null where that is nobody who is known. Only the archive knows. */
  readonly onBehalfOfId: Snowflake | null
  /** What it was done to. Nearly always a snowflake, but Discord does not promise it. */
  readonly targetId: string | null
  readonly channelId: Snowflake | null
  /** How many messages or members the entry stands for; null where Discord gives no count. */
  readonly count: number | null
  readonly reason: string | null
  readonly changes: readonly RawChange[]
  readonly options: Readonly<Record<string, unknown>>
  readonly payload: EntryPayload
}

/** An entry, or why a payload cannot be one. */
export type ParsedEntry = { readonly entry: Entry } | { readonly refused: string }

/**
 * Reads an entry from the payload Discord sent, by REST or by the gateway, however odd its fields are.
 * Two things alone are refused: no usable id, and no action type (a race at Discord's; its staff say skip).
 */
export function parseEntry(guildId: Snowflake, sent: unknown): ParsedEntry {
  if (!isRecord(sent)) return { refused: 'it is not an object' }
  const { guild_id: _, ...fields } = sent
  const payload = withoutDeep(fields)
  if (!isSnowflake(payload.id)) return { refused: 'it has no usable id' }
  const type = payload.action_type
  if (typeof type !== 'number' || !Number.isSafeInteger(type) || type < 0) {
    return { refused: 'it has no action type' }
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

/** The fields but for those that are nested too deep: without them, the entry is still one. */
function withoutDeep(fields: EntryPayload): EntryPayload {
  const isUsable = (field: unknown) => isWithinDepth(field, DEEPEST)
  if (Object.values(fields).every(isUsable)) return fields
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => isUsable(field)))
}

/** Whether the target of a kind is itself the channel it happened in. */
export function actsOnChannel(kind: number): boolean {
  const { type } = actionOf(kind)
  return (type >= 10 && type <= 15) || type === 73
}

function channelOf(kind: number, targetId: string | null, options: EntryPayload): Snowflake | null {
  if (isSnowflake(options.channel_id)) return options.channel_id
  return actsOnChannel(kind) && isSnowflake(targetId) ? targetId : null
}

/** Discord sends counts as numbers in strings; what is not a whole number that can be believed is no count. */
function countOf(value: unknown): number | null {
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  const isCount = typeof count === 'number' && Number.isInteger(count) && count >= 0
  return isCount && count <= LARGEST_COUNT ? count : null
}

function isChange(value: unknown): value is RawChange {
  return isRecord(value) && typeof value.key === 'string'
}
