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
import { isSet, NONE, raw, text, type Value, words } from './value.ts'

/**
 * Everything an entry changed, in the order in which Discord sent it. A key that has no value on either side is told
 * only of what was created or deleted. What the options tell as well is among the extras.
 */
export function changesOf(entry: Entry): Change[] {
  const { category } = actionOf(entry.kind)
  const changes = entry.changes
    .filter((change) => !isAmongOptions(change, entry))
    .flatMap((change) => read(change, entry))
  if (category === 'created' || category === 'deleted') return changes
  return changes.filter(({ before, after }) => before.is !== 'none' || after.is !== 'none')
}

/** What an entry tells beside its changes, and that stands in no field of its own. */
export function extrasOf(entry: Entry): Extra[] {
  return Object.entries(entry.options)
    .filter(([key, sent]) => !isAmongChanges(key, sent, entry))
    .flatMap(([key, sent]) => extra(key, sent, entry))
}

/** Discord tells some things twice, such as which date of an event was cancelled. */
function isAmongOptions({ key, old_value, new_value }: RawChange, { options }: Entry): boolean {
  const [value, other] = isSet(new_value) ? [new_value, old_value] : [old_value, new_value]
  return isSet(value) && !isSet(other) && Object.hasOwn(options, key) && options[key] === value
}

/** Whether a change of the same name tells more than an option: what was before, too. */
function isAmongChanges(option: string, sent: unknown, { changes }: Entry): boolean {
  return changes.some(
    ({ key, old_value, new_value }) =>
      key === option && isSet(old_value) && isSet(new_value) && new_value === sent,
  )
}

/** One of the options of an entry, in words. */
export interface Extra {
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
    case 'message_id': {
      const link = isSnowflake(sent) && channelId !== null
      const value: Value = link ? { is: 'message', guildId, channelId, id: sent } : raw(sent)
      return [{ label: words('message'), value }]
    }
    case 'members_removed':
      return prunedExtra(sent, entry)
    default:
      return readRow(rowIn(OPTION_ROWS, key), { key, new_value: sent }, entry).map(({ label, after }) => ({
        label,
        value: after,
      }))
  }
}

/** Whom an overwrite is for, by `id` and `type` together. In other entries it is not known what the two mean. */
function overwriteExtra(key: 'id' | 'type', sent: unknown, entry: Entry): Extra[] {
  const isOverwrite = actionOf(entry.kind).object === 'channel_overwrite'
  const whom = isOverwrite ? overwritten(entry) : undefined
  if (whom === undefined) return [{ label: words(key), value: raw(sent) }]
  return key === 'id' ? [{ label: words('for'), value: whom }] : []
}

/** How many members a prune removed. A later part does not tell it, since Discord's number is wrong there. */
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
  const [, does, listed] = /^\$(add|remove)_(\w+)$/.exec(key) ?? []
  if (listed === undefined) return readRow(changeRow(object, key), change, entry)
  const row = changeRow(object, listed)
  const label = row ? words(row.label) : text(listed)
  return partOfList(does === 'add' ? 'added' : 'removed', row?.item ?? raw)(change, label, entry)
}

/**
 * Who may use a command, or where. The guild's own id stands for everyone, and the one before it for all channels.
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
        : { is: type === 2 ? 'user' : type === 3 ? 'channel' : type === 1 ? 'role' : 'thing', id: key }
  return { key, label: about, did: 'set', before: permission(old_value), after: permission(new_value) }
}

function permission(sent: unknown): Value {
  if (sent === undefined || sent === null) return NONE
  return isRecord(sent) && typeof sent.permission === 'boolean'
    ? words(sent.permission ? 'allowed' : 'denied')
    : raw(sent)
}
