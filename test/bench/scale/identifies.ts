import { SILENT } from '../../../src/core/log.ts'
import { Gate } from '../../../src/core/sharding/gate.ts'
import { SharedIdentifyThrottler } from '../../../src/discord/connection/shared-identify-throttler.ts'
import { LEASE_TIMES } from '../../../src/sharding/lease-times.ts'
import { Timeline } from '../sweeps/timeline.ts'

/** How long a reservation takes in the database, in milliseconds. */
const LATENCY = 3

export interface Identifies {
  /** How long it took until the last shard identified, in seconds. */
  readonly took: number
  /** The shortest time between two shards of one bucket, in seconds. */
  readonly closest: number
  /** How many reservations were tried in a second. */
  readonly tries: number
}

/** Lets all shards of a bot identify at once, in several processes, with the real throttle in simulated time. */
export async function simulateIdentifies(
  shards: number,
  processes: number,
  maxConcurrency: number,
): Promise<Identifies> {
  const timeline = new Timeline(settled)
  const reserved = new Map<number, number>()
  let tries = 0
  // As the statement in PostgreSQL does.
  const reserveIdentify = async (bucket: number) => {
    tries++
    const now = timeline.elapsed()
    const free = (reserved.get(bucket) ?? Number.NEGATIVE_INFINITY) + LEASE_TIMES.identify
    if (now > free) reserved.set(bucket, now)
    await timeline.sleep(LATENCY)
    return now > free ? 0 : Math.max(free - now, 1)
  }
  const identified: { readonly bucket: number; readonly at: number }[] = []
  const { signal } = new AbortController()
  const perProcess = Math.ceil(shards / processes)
  for (let process = 0; process < processes; process++) {
    const deps = { reserveIdentify, gate: new Gate(), clock: timeline, log: SILENT }
    const throttler = new SharedIdentifyThrottler(maxConcurrency, deps)
    for (let shard = process * perProcess; shard < Math.min((process + 1) * perProcess, shards); shard++) {
      void throttler.waitForIdentify(shard, signal).then(() => {
        identified.push({ bucket: shard % maxConcurrency, at: timeline.elapsed() })
      })
    }
  }
  while (identified.length < shards) await timeline.pass(1000)
  const took = Math.max(...identified.map(({ at }) => at)) / 1000
  // They are all made in the first second if no shard has to wait.
  return { took, closest: closestOf(identified), tries: tries / Math.max(took, 1) }
}

function closestOf(identified: readonly { readonly bucket: number; readonly at: number }[]): number {
  const pauses = [...Map.groupBy(identified, ({ bucket }) => bucket).values()].flatMap((those) =>
    those.slice(1).map(({ at }, index) => (at - (those[index]?.at ?? 0)) / 1000),
  )
  return Math.min(...pauses)
}

/** Resolves once every promise that can settle has. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}
