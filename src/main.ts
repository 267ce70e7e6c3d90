import { onStop } from './process/boot.cjs'

// The rest takes half a second to load. Until then a signal ends the process, as nothing is open yet.
const { run } = await import('./process/run.ts')
await run(onStop)
