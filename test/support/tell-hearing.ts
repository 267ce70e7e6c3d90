import { writeSync } from 'node:fs'

// Preloaded into a process of the bot. Writes to stderr when the process starts to handle SIGTERM.
process.on('newListener', (event) => {
  if (event === 'SIGTERM') writeSync(2, 'hears\n')
})
