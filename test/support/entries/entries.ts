import type { Archive } from '../../../src/core/archive.ts'
import { MODERATING } from '../../../src/core/audit-log/action.ts'
import { type Entry, parseEntry } from '../../../src/core/audit-log/entry.ts'
import { goneUntil, inactiveSince, judgePrunes, namedBy } from '../../../src/core/audit-log/prune-parts.ts'
import { compareIds, type Snowflake } from '../../../src/core/snowflake.ts'

/** The entry of a payload. */
export function entryOf(guildId: Snowflake, payload: object): Entry {
  const parsed = parseEntry(guildId, payload)
  if ('rejected' in parsed) throw new Error(`This is no entry: ${parsed.rejected}.`)
  return parsed.entry
}

export function entriesOf(guildId: Snowflake, payloads: readonly object[]): Entry[] {
  return payloads.map((payload) => entryOf(guildId, payload))
}

/** The entries of a log, with the parts of large prunes marked as an archive marks them. */
export function withPruneParts(entries: readonly Entry[]): Entry[] {
  const prunes = entries.filter(({ kind }) => kind === 21).sort((a, b) => compareIds(a.id, b.id))
  const others = entries.filter(({ kind }) => kind !== 21)
  const isBetween = (id: Snowflake, start: Snowflake, end: Snowflake) =>
    compareIds(start, id) <= 0 && compareIds(id, end) < 0
  const isActive = (prune: Entry) =>
    others.some(
      ({ id, kind, executorId }) =>
        executorId !== null &&
        executorId === namedBy(prune) &&
        (isBetween(id, inactiveSince(prune), prune.id) ||
          (isBetween(id, prune.id, goneUntil(prune)) && MODERATING.includes(kind))),
    )
  const active = new Set(prunes.filter(isActive).map(({ id }) => id))
  const byId = new Map(judgePrunes([], prunes, active).map((entry) => [entry.id, entry]))
  return entries.map((entry) => byId.get(entry.id) ?? entry)
}

/** Every stored entry of a guild, oldest first. */
export function allEntries(archive: Archive, guildId: Snowflake): Promise<Entry[]> {
  return archive.list(guildId, {}, { order: 'oldest', limit: 100_000 })
}
