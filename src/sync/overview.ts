import type { FirstRead, GuildSync } from './guild/guild-sync.ts'
import type { Phase, Stream } from './guild/state.ts'

/** The sync of all guilds in a few numbers. */
export interface Overview {
  /** How many guilds are in each phase with each state of the stream. */
  readonly guilds: ReadonlyMap<Phase, ReadonlyMap<Stream['type'], number>>
  /** How many guilds' first reads are in each state. */
  readonly firstReads: Readonly<Record<FirstRead, number>>
  /** How many entries were read in the first reads that are unfinished. */
  readonly entries: number
}

/** Counts guilds by the state of their sync. */
export function overviewOf(guilds: Iterable<GuildSync>): Overview {
  const counts = new Map<Phase, Map<Stream['type'], number>>()
  const firstReads = { waiting: 0, reading: 0, finished: 0, stopped: 0 }
  let entries = 0
  for (const { phase, stream, firstRead, log } of guilds) {
    const ofPhase = counts.get(phase) ?? new Map<Stream['type'], number>()
    counts.set(phase, ofPhase.set(stream, (ofPhase.get(stream) ?? 0) + 1))
    firstReads[firstRead]++
    if (firstRead !== 'finished') entries += log.progress?.entries ?? 0
  }
  return { guilds: counts, firstReads, entries }
}
