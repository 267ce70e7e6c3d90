import { ApplicationCommandPermissionType } from 'discord-api-types/v10'
import { actionOf } from '../audit-log/action.ts'
import type { Entry, RawChange } from '../audit-log/entry.ts'
import { Kind } from '../audit-log/kind.ts'
import { amountPruned, membersPruned } from '../audit-log/prune-parts.ts'
import { isRecord } from '../json.ts'
import { isSnowflake } from '../snowflake.ts'
import type { Change } from './change.ts'
import { readRow, rowIn } from './change-row.ts'
import { changeRow, OPTION_ROWS } from './change-table.ts'
import { partOfList } from './decode.ts'
import { overwritten } from './permission-changes.ts'
import { isSet, type Mentionable, NONE, raw, text, type Value, words } from './value.ts'

/**
 * All changes of an entry, in the order in which Discord sent them. A key without a value on either side is left out,
 * except where an object was created or deleted. A change that repeats an option is left out: `extrasOf` returns it.
 */
export function changesOf(entry: Entry): Change[] {
  const { category } = actionOf(entry.kind)
  const changes = entry.changes
    .filter((change) => !isAmongOptions(change, entry))
    .flatMap((change) => read(change, entry))
  if (category === 'created' || category === 'deleted') return changes
  return changes.filter(({ before, after }) => before.type !== 'none' || after.type !== 'none')
}

/** The options of an entry that have no field of their own in `Entry`. */
export function extrasOf(entry: Entry): Extra[] {
  return Object.entries(entry.options)
    .filter(([key, sent]) => !isAmongChanges(key, sent, entry))
    .flatMap(([key, sent]) => extra(key, sent, entry))
}

/** Whether a change repeats an option, as Discord does with the date of an event that was cancelled. */
function isAmongOptions({ key, old_value, new_value }: RawChange, { options }: Entry): boolean {
  const [value, other] = isSet(new_value) ? [new_value, old_value] : [old_value, new_value]
  return isSet(value) && !isSet(other) && Object.hasOwn(options, key) && options[key] === value
}

/** Whether an option repeats a change that also has the value before. */
function isAmongChanges(option: string, sent: unknown, { changes }: Entry): boolean {
  return changes.some(
    ({ key, old_value, new_value }) =>
      key === option && isSet(old_value) && isSet(new_value) && new_value === sent,
  )
}

/** An option of an entry, in a form to be shown. */
interface Extra {
  readonly label: Value
  readonly value: Value
}

function extra(key: string, sent: unknown, entry: Entry): Extra[] {
  const { channelId, count, guildId } = entry
  switch (key) {
    case 'channel_id':
      return channelId === null ? [{ label: words('channel'), value: raw(sent) }] : []
    case 'count':
      return count === null ? [{ label: words('count'), value: raw(sent) }] : []
    case 'id':
    case 'type':
      return overwriteExtra(key, sent, entry)
    case 'application_id':
      // Permissions that are set for all commands of an application have the application as their target.
      return sent === entry.targetId ? [] : optionExtra(key, sent, entry)
    case 'message_id': {
      const link = isSnowflake(sent) && channelId !== null
      const value: Value = link ? { type: 'message', guildId, channelId, id: sent } : raw(sent)
      return [{ label: words('message'), value }]
    }
    case 'members_removed':
      return prunedExtra(sent, entry)
    default:
      return optionExtra(key, sent, entry)
  }
}

function optionExtra(key: string, sent: unknown, entry: Entry): Extra[] {
  return readRow(rowIn(OPTION_ROWS, key), { key, new_value: sent }, entry).map(({ label, after }) => ({
    label,
    value: after,
  }))
}

/**
 * `id` and `type` together say whom an overwrite is for. In other entries their meaning is unknown. Left out where
 * `role_name` says it.
 */
function overwriteExtra(key: 'id' | 'type', sent: unknown, entry: Entry): Extra[] {
  const isOverwrite = actionOf(entry.kind).object === 'channel_overwrite'
  const whom = isOverwrite ? overwritten(entry) : undefined
  if (whom === undefined) return [{ label: words(key), value: raw(sent) }]
  return key === 'id' && !isSet(entry.options.role_name) ? [{ label: words('for'), value: whom }] : []
}

/** How many members a prune removed. Left out for the later parts of a prune, where Discord's number is wrong. */
function prunedExtra(sent: unknown, entry: Entry): Extra[] {
  if (entry.kind === Kind.PrunePart) return []
  const members = membersPruned(entry)
  const value = members === undefined ? raw(sent) : words(amountPruned(members))
  return [{ label: words('members removed'), value }]
}

function read(change: RawChange, entry: Entry): Change[] {
  const { key } = change
  const { object } = actionOf(entry.kind)
  if (object === 'application_command_permission' && isSnowflake(key))
    return [commandPermission(change, entry)]
  const [, action, listed] = /^\$(add|remove)_(\w+)$/.exec(key) ?? []
  if (listed === undefined) return readRow(changeRow(object, key), change, entry)
  const row = changeRow(object, listed)
  const label = row ? words(row.label) : text(listed)
  return partOfList(action === 'add' ? 'added' : 'removed', row?.item ?? raw)(change, label, entry)
}

const PERMITTED_TYPES: ReadonlyMap<unknown, Mentionable> = new Map([
  [ApplicationCommandPermissionType.Role, 'role'],
  [ApplicationCommandPermissionType.User, 'user'],
  [ApplicationCommandPermissionType.Channel, 'channel'],
])

/**
 * Who may use a command, or where. The guild's id means everyone, and the id before it all channels.
 * https://docs.discord.com/developers/interactions/application-commands#application-command-permissions-object
 */
function commandPermission({ key, old_value, new_value }: RawChange, { guildId }: Entry): Change {
  const type = [new_value, old_value].map((side) => (isRecord(side) ? side.type : undefined)).find(Boolean)
  const allChannels = String(BigInt(guildId) - 1n)
  const about: Value =
    key === guildId
      ? words('@everyone')
      : key === allChannels
        ? words('all channels')
        : { type: PERMITTED_TYPES.get(type) ?? 'entity', id: key }
  return { key, label: about, type: 'set', before: permission(old_value), after: permission(new_value) }
}

function permission(sent: unknown): Value {
  if (sent === undefined || sent === null) return NONE
  return isRecord(sent) && typeof sent.permission === 'boolean'
    ? words(sent.permission ? 'allowed' : 'denied')
    : raw(sent)
}
