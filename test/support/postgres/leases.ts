import { randomUUID } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { PostgresLeases } from '../../../src/archive/postgres/leases/postgres-leases.ts'
import type { Claim, WantedPlan } from '../../../src/core/sharding/leases.ts'
import { LEASE_TIMES } from '../../../src/sharding/lease-times.ts'

/** Four shards in two blocks, if Discord is asked. */
export const TWO_BLOCKS: WantedPlan = { shardCount: 4, blockSize: 2, isFixed: false }

/** A process that asks for shards, with leases that do not end during a test. */
export function openHolder(url: string) {
  const holder = randomUUID()
  const leases = new PostgresLeases(parsePostgresUrl(url, 'the database'), holder, LEASE_TIMES)
  onTestFinished(() => leases.close())
  return {
    holder,
    leases,
    claim: (wanted = TWO_BLOCKS, mayTakeOver = true): Promise<Claim> =>
      leases.claim(wanted, { mayTakeOver, signal: new AbortController().signal }),
  }
}
