import type { ShardConnection } from '../../../sandbox/gateway/connections.ts'

/** A time range by `performance.now()`. One that goes on has no end. */
export interface Period {
  readonly from: number
  until: number
}

/** When each process was paused, by the host that it connects to. */
export type Pauses = ReadonlyMap<string, readonly Period[]>

/** How long a process that goes on after a pause may take to close a connection, in milliseconds. */
const WAKING = 3000

/**
 * When two processes were connected with the same shard at a time. A process that is paused cannot close its connection:
 * only such a one may overlap with that of the process that took over, until it goes on.
 * @returns a line for each time
 */
export function doubleConnections(record: readonly ShardConnection[], pauses: Pauses): string[] {
  const byShard = Map.groupBy(record, ({ shard }) => shard)
  return [...byShard].flatMap(([shard, connections]) =>
    connections.flatMap((one, index) =>
      connections.slice(index + 1).flatMap((other) => {
        if (one.host === other.host) return []
        const from = Math.max(one.from, other.from)
        const until = Math.min(endOf(one), endOf(other))
        if (until <= from) return []
        const isPaused = [one, other].some(({ host }) =>
          pauses.get(host)?.some((pause) => pause.from <= from && until <= pause.until + WAKING),
        )
        return isPaused
          ? []
          : [
              `Shard ${shard} was connected by ${one.host} and ${other.host} for ${Math.round(until - from)} ms.`,
            ]
      }),
    ),
  )
}

/** Which shards of one bucket identified less than five seconds after each other. @returns a line for each time */
export function hastyIdentifies(
  record: readonly ShardConnection[],
  maxConcurrency: number,
  interval: number,
): string[] {
  const buckets = Map.groupBy(
    record.filter(({ type }) => type === 'identify'),
    ({ shard }) => shard % maxConcurrency,
  )
  return [...buckets.values()].flatMap((identifies) =>
    identifies.flatMap(({ shard, from }, index) => {
      const before = identifies[index - 1]
      if (!before || from - before.from >= interval) return []
      const pause = Math.round(from - before.from)
      return [`Shard ${shard} identified ${pause} ms after shard ${before.shard}.`]
    }),
  )
}

/** The times within a range in which no process that was running had a shard connected, oldest first. */
export function unserved(
  record: readonly ShardConnection[],
  pauses: Pauses,
  shard: number,
  { from, until }: Readonly<Period>,
): Period[] {
  const served = record
    .filter((connection) => connection.shard === shard)
    .flatMap((connection) => running(connection, pauses.get(connection.host) ?? []))
    .sort((a, b) => a.from - b.from)
  const gaps: Period[] = []
  let end = from
  for (const period of served) {
    if (period.from > end) gaps.push({ from: end, until: Math.min(period.from, until) })
    end = Math.max(end, period.until)
    if (end >= until) break
  }
  if (end < until) gaps.push({ from: end, until })
  return gaps.filter((gap) => gap.from < gap.until)
}

/** The parts of a connection in which its process was not paused. */
function running(connection: ShardConnection, pauses: readonly Period[]): Period[] {
  return pauses.reduce<Period[]>(
    (parts, pause) =>
      parts
        .flatMap((part) => [
          { from: part.from, until: Math.min(part.until, pause.from) },
          { from: Math.max(part.from, pause.until), until: part.until },
        ])
        .filter((part) => part.from < part.until),
    [{ from: connection.from, until: endOf(connection) }],
  )
}

function endOf({ until = Number.POSITIVE_INFINITY }: ShardConnection): number {
  return until
}
