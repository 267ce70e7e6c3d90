import type { LeaseTimes } from '../core/sharding/leases.ts'
import { SECOND } from '../core/time/units.ts'

/** With these, the shards of a process that is killed are served again within a minute. */
export const LEASE_TIMES: LeaseTimes = {
  lease: 30 * SECOND,
  renewal: 5 * SECOND,
  retry: SECOND,
  margin: 5 * SECOND,
  look: 3 * SECOND,
  // Half a second for what an IDENTIFY takes to leave after it was reserved.
  identify: 5500,
}
