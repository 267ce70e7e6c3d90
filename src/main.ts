import { setImmediate as nextTick } from 'node:timers/promises'
import { onStop } from './process/boot.cjs'

// discord.js sets its own FormData if there is none. If it found that of Node, Node would load a second undici: 10 MB.
Reflect.deleteProperty(globalThis, 'FormData')

// Loading the rest takes a while. A signal is handled after each part, and ends the process at once, since nothing is
// open yet.
await import('discord.js')
await nextTick()
const { run } = await import('./process/run.ts')
await nextTick()
await run(process.env, onStop)
