import type { Learnt } from '../core/archive.ts'

/** What events told, as one piece of news for each guild. */
export function gathered(learnt: readonly Learnt[]): Learnt[] {
  return [...Map.groupBy(learnt, ({ guildId }) => guildId)].map(([guildId, parts]) => ({
    guildId,
    from: 'gateway',
    entries: parts.flatMap(({ entries }) => entries),
    names: parts.flatMap(({ names = [] }) => names),
    ...lastRollCall(parts),
  }))
}

function lastRollCall(parts: readonly Learnt[]): Pick<Learnt, 'rollCall'> {
  const rollCall = parts.findLast((part) => part.rollCall !== undefined)?.rollCall
  return rollCall === undefined ? {} : { rollCall }
}
