import { writeSync } from 'node:fs'

// Runs in a process before its own code, and says on stderr when that begins to hear SIGTERM.
process.on('newListener', (event) => {
  if (event === 'SIGTERM') writeSync(2, 'hears\n')
})
