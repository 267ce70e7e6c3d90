import type { ArchiveUpdate } from '../archive.ts'
import type { Range } from '../coverage/ranges.ts'
import { hasValue, isRecord } from '../json.ts'
import { canTarget, classOf } from '../names/entity-class.ts'
import type { NameObservation } from '../names/named-entity.ts'
import { compareIds, idAfter, maxId, type Snowflake } from '../snowflake.ts'
import { type Entry, parseEntry } from './entry.ts'

/** What is erased of a guild. It is not stored again when the log is read again. */
export interface ErasureBounds {
  /** No entry up to this id is stored. */
  readonly guildUpTo: Snowflake | undefined
  /** Erased members, and up to which id texts by and about them are not stored. */
  readonly members: ReadonlyMap<Snowflake, Snowflake>
}

/** The text that replaces an erased one. */
export const ERASED = '(erased)'

/** An update without what is erased. An erased name is stored again only with a newer entry about it. */
export function dropErased(update: ArchiveUpdate, { guildUpTo, members }: ErasureBounds): ArchiveUpdate {
  const isNew = ({ id }: Entry) => guildUpTo === undefined || compareIds(id, guildUpTo) > 0
  const entries = update.entries.filter(isNew)
  const mayBeNamed = ({ id, type }: NameObservation) => {
    const isUser = classOf(type) === 'user'
    const upTo = laterOf(guildUpTo, isUser ? members.get(id) : undefined)
    const mayBeOld = update.from === 'rest' || isUser
    return upTo === undefined || !mayBeOld || entries.some((entry) => refersTo(entry, id, upTo))
  }
  return {
    ...update,
    entries,
    ...(update.complete && { complete: update.complete.flatMap((range) => rangeAfter(range, guildUpTo)) }),
    ...(update.names && { names: update.names.filter(mayBeNamed) }),
  }
}

/** Whether an entry was made by, or done to, a member who was erased after it. */
export function concernsErasedMember(
  { id, kind, executorId, targetId }: Entry,
  { members }: ErasureBounds,
): boolean {
  return [executorId, canTarget(kind, 'user') ? targetId : null].some((who) => {
    const upTo = members.get(who ?? '')
    return upTo !== undefined && compareIds(id, upTo) <= 0
  })
}

/** The entry without the texts that people wrote: its reason and nicknames. */
export function scrub(entry: Entry): Entry {
  const { guildId, payload, kind, executorId, count } = entry
  const { reason, changes } = payload
  const parsed = parseEntry(guildId, {
    ...payload,
    ...(hasValue(reason) && { reason: ERASED }),
    ...(Array.isArray(changes) && { changes: changes.map(withoutNickname) }),
  })
  return 'entry' in parsed ? { ...parsed.entry, kind, executorId, count } : entry
}

function withoutNickname(change: unknown): unknown {
  if (!isRecord(change) || change.key !== 'nick') return change
  return Object.fromEntries(
    Object.entries(change).map(([key, value]) => [key, key !== 'key' && hasValue(value) ? ERASED : value]),
  )
}

/** Whether an entry after `after` was made by something, done to it, or refers to it. */
function refersTo(entry: Entry, referent: Snowflake, after: Snowflake): boolean {
  const { id, executorId, targetId, channelId, options } = entry
  return compareIds(id, after) > 0 && [executorId, targetId, channelId, options.id].includes(referent)
}

function rangeAfter({ start, end }: Range, bound: Snowflake | undefined): Range[] {
  if (bound === undefined) return [{ start, end }]
  return compareIds(end, bound) <= 0 ? [] : [{ start: maxId(start, idAfter(bound)), end }]
}

function laterOf(one: Snowflake | undefined, other: Snowflake | undefined): Snowflake | undefined {
  return one !== undefined && other !== undefined ? maxId(one, other) : (one ?? other)
}
