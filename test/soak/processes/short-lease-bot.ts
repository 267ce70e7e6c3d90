import { onStop } from '../../../src/process/boot.cjs'
import { run } from '../../../src/process/run.ts'

// Custos as `src/main.ts` runs it, with leases so short that a test can wait for them.

await run(process.env, onStop, {
  leaseTimes: { lease: 3000, renewal: 500, retry: 200, margin: 1000, look: 200, identify: 400 },
})
