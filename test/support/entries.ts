import type { Archive } from '../../src/core/archive.ts'
import { type Entry, parseEntry } from '../../src/core/entry.ts'
import type { Snowflake } from '../../src/core/snowflake.ts'

/** The entry that a payload of Discord's makes. */
export function entryOf(guildId: Snowflake, payload: object): Entry {
  const parsed = parseEntry(guildId, payload)
  if ('refused' in parsed) throw new Error(`This is no entry: ${parsed.refused}.`)
  return parsed.entry
}

export function entriesOf(guildId: Snowflake, payloads: readonly object[]): Entry[] {
  return payloads.map((payload) => entryOf(guildId, payload))
}

/** Every entry an archive holds of a guild, oldest first. */
export function allEntries(archive: Archive, guildId: Snowflake): Promise<Entry[]> {
  return archive.list(guildId, {}, { order: 'oldest', limit: 100_000 })
}
