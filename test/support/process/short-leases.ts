import { onStop } from '../../../src/process/boot.cjs'
import { run } from '../../../src/process/run.ts'
import { SHORT_LEASES } from '../short-lease-times.ts'

// The bot as `src/main.ts` runs it, but with short leases.
await run(process.env, onStop, { leaseTimes: SHORT_LEASES })
