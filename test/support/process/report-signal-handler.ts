import { writeSync } from 'node:fs'

// Loaded into a process before its own code: reports on stderr when a handler for SIGTERM is added.
process.on('newListener', (event) => {
  if (event === 'SIGTERM') writeSync(2, 'handles signals\n')
})
