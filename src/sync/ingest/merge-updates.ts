import type { ArchiveUpdate } from '../../core/archive.ts'

/** Merges updates from the gateway into one a guild. */
export function mergeUpdates(updates: readonly ArchiveUpdate[]): ArchiveUpdate[] {
  return [...Map.groupBy(updates, ({ guildId }) => guildId)].map(([guildId, parts]) => ({
    guildId,
    from: 'gateway',
    entries: parts.flatMap(({ entries }) => entries),
    names: parts.flatMap(({ names = [] }) => names),
    ...lastSnapshot(parts),
  }))
}

function lastSnapshot(parts: readonly ArchiveUpdate[]): Pick<ArchiveUpdate, 'snapshotAt'> {
  const snapshotAt = parts.findLast((part) => part.snapshotAt !== undefined)?.snapshotAt
  return snapshotAt === undefined ? {} : { snapshotAt }
}
