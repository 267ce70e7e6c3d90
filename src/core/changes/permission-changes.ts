import type { Entry, RawChange } from '../audit-log/entry.ts'
import { namesOfBits, PERMISSIONS, readBits } from '../audit-log/named-bits.ts'
import { isRecord } from '../json.ts'
import { isSnowflake } from '../snowflake.ts'
import type { Change, PermissionsChanged } from './change.ts'
import { bothSides, type Decode, sides } from './decode.ts'
import { oneOf } from './readers/readers.ts'
import { isSet, NONE, phrase, raw, type Value, words } from './value.ts'

/** The permissions that an overwrite sets. Those in neither set are left unset. */
interface Overwrite {
  readonly allow: bigint
  readonly deny: bigint
}

const NO_OVERWRITE: Overwrite = { allow: 0n, deny: 0n }

/** The permissions of a role: which were granted and which were revoked. */
export const rolePermissions: Decode = (change, label, entry) => {
  const [before, after] = [readBits(change.old_value ?? 0), readBits(change.new_value ?? 0)]
  if (before === undefined || after === undefined) return sides(permissions)(change, label, entry)
  const parts = [...part('granted', after & ~before), ...part('revoked', before & ~after)]
  return [{ ...bothSides(permissions, change, label), type: 'permissions', parts }]
}

/**
 * What an overwrite allows and denies. Discord sends these as two changes, but a permission that is allowed now may
 * have been denied before. So the two are decoded together, in place of the first.
 */
export const overwritePermissions: Decode = (change, label, entry) => {
  const sent = entry.changes.filter(({ key }) => key === 'allow' || key === 'deny')
  const [before, after] = [sideOf(sent, 'old_value'), sideOf(sent, 'new_value')]
  if (!before || !after) return sides(permissions)(change, words(change.key), entry)
  return change === sent[0] ? [permitted(change.key, label, before, after)] : []
}

/** All overwrites of a channel: those that differ, each labelled with its role or member. */
export const overwriteList: Decode = (change, label, entry) => {
  const [before, after] = [overwritesIn(change.old_value), overwritesIn(change.new_value)]
  if (!before || !after) return sides(raw)(change, label, entry)
  const changed = [...new Map([...before, ...after])].flatMap(([id, { type }]) => {
    const [old, current] = [before.get(id), after.get(id)]
    if (old && current && old.allow === current.allow && old.deny === current.deny) return []
    const about = phrase(label, words('for'), whomFor(id, type, entry))
    return [permitted(change.key, about, old ?? NO_OVERWRITE, current ?? NO_OVERWRITE)]
  })
  return changed.length > 0 ? changed : [permitted(change.key, label, NO_OVERWRITE, NO_OVERWRITE)]
}

/** The id of the role or member that an overwrite is for. */
export const overwriteFor: Decode = (change, label, entry) =>
  sides((sent) => (isSnowflake(sent) ? whomFor(sent, sentOf(entry, 'type'), entry) : undefined))(
    change,
    label,
    entry,
  )

const roleOrMember = sides(oneOf({ role: 0, member: 1 }, { role: 'role', member: 'member' }))

/** Whether an overwrite is for a role or a member. Left out where the role or member itself is shown. */
export const overwriteType: Decode = (change, label, entry) =>
  overwritten(entry) === undefined ? roleOrMember(change, label, entry) : []

/** The role or member that an entry's overwrite is for; undefined where the entry does not say. */
export function overwritten(entry: Entry): Value | undefined {
  const id = sentOf(entry, 'id')
  return isSnowflake(id) ? whomFor(id, sentOf(entry, 'type'), entry) : undefined
}

/** The id or type of an entry's overwrite, from its options or else from its changes. */
function sentOf({ options, changes }: Entry, key: 'id' | 'type'): unknown {
  const change = changes.find((each) => each.key === key)
  return [options[key], change?.new_value, change?.old_value].find(isSet)
}

/** The role or member that an overwrite is for. The role @everyone has the guild's id. */
function whomFor(id: string, type: unknown, { guildId }: Entry): Value {
  if (id === guildId) return words('@everyone')
  return { type: isForMember(type) ? 'user' : 'role', id }
}

/** Whether an overwrite's type means a member. Discord has sent the type as a number, a numeral and a word. */
export function isForMember(type: unknown): boolean {
  return ['1', 'member'].includes(String(type))
}

function permissions(sent: unknown): Value | undefined {
  const bits = readBits(sent)
  if (bits === undefined) return undefined
  return bits === 0n ? NONE : words(namesOfBits(bits, PERMISSIONS).join(', '))
}

function sideOf(sent: readonly RawChange[], side: 'old_value' | 'new_value'): Overwrite | undefined {
  if (new Set(sent.map(({ key }) => key)).size < sent.length) return undefined
  const bits = (wanted: string) => readBits(sent.find(({ key }) => key === wanted)?.[side] ?? 0)
  const [allow, deny] = [bits('allow'), bits('deny')]
  return allow === undefined || deny === undefined ? undefined : { allow, deny }
}

function overwritesIn(sent: unknown): Map<string, Overwrite & { type: unknown }> | undefined {
  if (sent === undefined || sent === null) return new Map()
  if (!Array.isArray(sent)) return undefined
  const read = sent.map((overwrite: unknown) => {
    if (!isRecord(overwrite) || !isSnowflake(overwrite.id)) return undefined
    const [allow, deny] = [readBits(overwrite.allow ?? 0), readBits(overwrite.deny ?? 0)]
    if (allow === undefined || deny === undefined) return undefined
    return [overwrite.id, { allow, deny, type: overwrite.type }] as const
  })
  return read.every((overwrite) => overwrite !== undefined) ? new Map(read) : undefined
}

function permitted(key: string, label: Value, before: Overwrite, after: Overwrite): Change {
  const set = after.allow | after.deny
  const parts = [
    ...part('allowed', after.allow & ~before.allow),
    ...part('denied', after.deny & ~before.deny),
    ...part('no longer allowed', before.allow & ~set),
    ...part('no longer denied', before.deny & ~set),
  ]
  return { key, label, before: whole(before), after: whole(after), type: 'permissions', parts }
}

function whole({ allow, deny }: Overwrite): Value {
  const parts = [...part('allowed', allow), ...part('denied', deny)]
  return parts.length === 0
    ? NONE
    : words(parts.map(({ how, permissions }) => `${how}: ${permissions.join(', ')}`).join('; '))
}

function part(how: PermissionsChanged['how'], bits: bigint): PermissionsChanged[] {
  return bits === 0n ? [] : [{ how, permissions: namesOfBits(bits, PERMISSIONS) }]
}
