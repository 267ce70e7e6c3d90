import type { LeaseTimes } from '../../src/core/sharding/leases.ts'

/** Leases so short that a test of processes can wait for their end. */
export const SHORT_LEASES: LeaseTimes = {
  lease: 3000,
  renewal: 250,
  retry: 100,
  margin: 1000,
  look: 150,
  identify: 1200,
}
