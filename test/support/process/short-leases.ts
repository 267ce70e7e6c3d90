import type { LeaseTimes } from '../../../src/core/leases.ts'
import { onStop } from '../../../src/process/boot.cjs'
import { run } from '../../../src/process/run.ts'

// The bot as `src/main.ts` runs it, with leases so short that a test can wait for their end.

const TIMES: LeaseTimes = {
  lease: 1500,
  renewal: 250,
  retry: 100,
  margin: 400,
  look: 150,
  identify: 300,
}

await run(process.env, onStop, { leaseTimes: TIMES })
