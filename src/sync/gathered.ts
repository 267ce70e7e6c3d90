import type { ArchiveUpdate } from '../core/archive.ts'

/** What events told, as one piece of news for each guild. */
export function gathered(update: readonly ArchiveUpdate[]): ArchiveUpdate[] {
  return [...Map.groupBy(update, ({ guildId }) => guildId)].map(([guildId, parts]) => ({
    guildId,
    from: 'gateway',
    entries: parts.flatMap(({ entries }) => entries),
    names: parts.flatMap(({ names = [] }) => names),
    ...lastRollCall(parts),
  }))
}

function lastRollCall(parts: readonly ArchiveUpdate[]): Pick<ArchiveUpdate, 'snapshotAt'> {
  const snapshotAt = parts.findLast((part) => part.snapshotAt !== undefined)?.snapshotAt
  return snapshotAt === undefined ? {} : { snapshotAt }
}
