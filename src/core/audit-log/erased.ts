import type { ArchiveUpdate } from '../archive.ts'
import type { Range } from '../coverage/ranges.ts'
import { canTarget, classOf } from '../names/entity-class.ts'
import type { NameObservation } from '../names/named-entity.ts'
import { compareIds, idAfter, maxId, type Snowflake } from '../snowflake.ts'
import { type Entry, isRecord, parseEntry } from './entry.ts'

/** What a guild's archive has forgotten on purpose, so that reading the log again does not bring it back. */
export interface Forgotten {
  /** No entry up to this id is kept. */
  readonly everything: Snowflake | undefined
  /** Members, and up to which id what was written about and by them is not kept. */
  readonly members: ReadonlyMap<Snowflake, Snowflake>
}

/** What stands where a text was. */
export const ERASED = '(erased)'

/** What of the news may be kept: nothing that was forgotten, and nobody's name unless a new act tells it. */
export function dropErased(update: ArchiveUpdate, { everything, members }: Forgotten): ArchiveUpdate {
  const isNew = ({ id }: Entry) => everything === undefined || compareIds(id, everything) > 0
  const entries = update.entries.filter(isNew)
  const mayBeNamed = ({ id, type }: NameObservation) => {
    const isUser = classOf(type) === 'user'
    const upTo = latest(everything, isUser ? members.get(id) : undefined)
    const isOfPage = update.from === 'rest' || isUser
    return upTo === undefined || !isOfPage || entries.some((entry) => tellsOf(entry, id, upTo))
  }
  return {
    ...update,
    entries,
    ...(update.complete && { complete: update.complete.flatMap((range) => beyond(range, everything)) }),
    ...(update.names && { names: update.names.filter(mayBeNamed) }),
  }
}

/** Whether an entry was made by, or done to, a member whom the archive had to forget since. */
export function isAboutForgotten({ id, kind, executorId, targetId }: Entry, { members }: Forgotten): boolean {
  return [executorId, canTarget(kind, 'user') ? targetId : null].some((who) => {
    const upTo = members.get(who ?? '')
    return upTo !== undefined && compareIds(id, upTo) <= 0
  })
}

/** The entry without what people wrote in it about one another: its reason, and nicknames. */
export function scrubbed(entry: Entry): Entry {
  const { guildId, payload, kind, executorId, count } = entry
  const { reason, changes } = payload
  const parsed = parseEntry(guildId, {
    ...payload,
    ...(isSet(reason) && { reason: ERASED }),
    ...(Array.isArray(changes) && { changes: changes.map(withoutNickname) }),
  })
  return 'entry' in parsed ? { ...parsed.entry, kind, executorId, count } : entry
}

function withoutNickname(change: unknown): unknown {
  if (!isRecord(change) || change.key !== 'nick') return change
  return Object.fromEntries(
    Object.entries(change).map(([key, value]) => [key, key !== 'key' && isSet(value) ? ERASED : value]),
  )
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}

function tellsOf(entry: Entry, of: Snowflake, since: Snowflake): boolean {
  const { id, executorId, targetId, channelId, options } = entry
  return compareIds(id, since) > 0 && [executorId, targetId, channelId, options.id].includes(of)
}

function beyond({ start, end }: Range, bound: Snowflake | undefined): Range[] {
  if (bound === undefined) return [{ start, end }]
  return compareIds(end, bound) <= 0 ? [] : [{ start: maxId(start, idAfter(bound)), end }]
}

function latest(one: Snowflake | undefined, other: Snowflake | undefined): Snowflake | undefined {
  return one !== undefined && other !== undefined ? maxId(one, other) : (one ?? other)
}
