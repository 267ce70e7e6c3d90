import { setImmediate as turn } from 'node:timers/promises'
import { onStop } from './process/boot.cjs'

// The rest takes a while to load, in two parts. A signal that comes meanwhile is heard after each of them, and ends the
// process at once, since nothing is open yet.
await import('discord.js')
await turn()
const { run } = await import('./process/run.ts')
await turn()
await run(onStop)
