import { actionOf, Kind } from './action.ts'
import type { Change } from './change.ts'
import { CHANGE_ROWS, type ChangeRow, OPTION_ROWS } from './change-table.ts'
import { fields, partOfList, sides } from './decode.ts'
import { type Entry, isRecord, type RawChange } from './entry.ts'
import { whomFor } from './permission-changes.ts'
import { membersPruned, orMore } from './prune-parts.ts'
import { mention, type Reader } from './readers.ts'
import { isSnowflake } from './snowflake.ts'
import { NONE, raw, text, type Value, words } from './value.ts'
import { written } from './words.ts'

/** Everything an entry changed, in the order in which Discord sent it. */
export function changesOf(entry: Entry): Change[] {
  return entry.changes.flatMap((change) => read(change, entry))
}

/** What an entry tells beside its changes, and that stands in no field of its own. */
export function extrasOf(entry: Entry): Extra[] {
  return Object.entries(entry.options).flatMap(([key, sent]) => extra(key, sent, entry))
}

export interface Extra {
  readonly label: Value
  readonly value: Value
}

function extra(key: string, sent: unknown, entry: Entry): Extra[] {
  const { channelId, count, guildId, options } = entry
  switch (key) {
    case 'channel_id':
      return channelId === null ? [{ label: words('channel'), value: raw(sent) }] : []
    case 'count':
      return count === null ? [{ label: words('count'), value: raw(sent) }] : []
    case 'id':
      return isSnowflake(sent)
        ? [{ label: words('for'), value: whomFor(sent, options.type, entry) }]
        : [{ label: words('id'), value: raw(sent) }]
    case 'type':
      return isSnowflake(options.id) ? [] : [{ label: words('type'), value: raw(sent) }]
    case 'message_id': {
      const link = isSnowflake(sent) && channelId !== null
      const value: Value = link ? { is: 'message', guildId, channelId, id: sent } : raw(sent)
      return [{ label: words('message'), value }]
    }
    case 'members_removed':
      return prunedExtra(sent, entry)
    default:
      return readRow(rowOf(OPTION_ROWS, key), { key, new_value: sent }, entry).map(({ label, after }) => ({
        label,
        value: after,
      }))
  }
}

/** How many members a prune took. Of a later part it is not told, since Discord's number is wrong. */
function prunedExtra(sent: unknown, entry: Entry): Extra[] {
  if (entry.kind === Kind.PrunePart) return []
  const members = membersPruned(entry)
  const value = members === undefined ? raw(sent) : words(written(members) + orMore(members))
  return [{ label: words('members removed'), value }]
}

function read(change: RawChange, entry: Entry): Change[] {
  const { key } = change
  const { object } = actionOf(entry.kind)
  if (object === 'application_command_permission' && isSnowflake(key))
    return [commandPermission(change, entry)]
  if (object === 'channel_overwrite' && key === 'id') {
    const whom: Reader = (sent) => (isSnowflake(sent) ? whomFor(sent, entry.options.type, entry) : undefined)
    return sides(whom)(change, words('for'), entry)
  }
  const [, does, listed] = /^\$(add|remove)(?:_(\w+))?$/.exec(key) ?? []
  if (does !== undefined) {
    const row = listed === undefined ? ROLES : rowOf(CHANGE_ROWS, listed)
    const label = row ? words(row.label) : text(listed ?? key)
    return partOfList(does === 'add' ? 'added' : 'removed', row?.item ?? raw)(change, label, entry)
  }
  return readRow(rowOf(CHANGE_ROWS, `${object}.${key}`) ?? rowOf(CHANGE_ROWS, key), change, entry)
}

/** Keys are Discord's to choose: one such as `constructor` is no row, though every object has it. */
function rowOf(rows: Readonly<Record<string, ChangeRow>>, key: string): ChangeRow | undefined {
  return Object.hasOwn(rows, key) ? rows[key] : undefined
}

function readRow(row: ChangeRow | undefined, change: RawChange, entry: Entry): Change[] {
  if (!row) return sides(raw)(change, text(change.key), entry)
  const decode = row.decode ?? fields(read)
  return decode(change, words(row.label), entry)
}

/** The roles of a member: what `$add` and `$remove` are about where they name no list. */
const ROLES: ChangeRow = {
  label: 'roles',
  item: (sent) => (isRecord(sent) ? mention('role')(sent.id) : undefined),
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
