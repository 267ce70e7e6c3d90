import { writeSync } from 'node:fs'

// Preloaded into a process of the bot.

const DAY = 86_400_000

// SIGUSR2 sets the host's time of day back by a day, and writes to stderr how `Date.now` changed.
const real = Date.now
let ahead = 0
Date.now = () => real() + ahead
process.on('SIGUSR2', () => {
  const before = Date.now()
  ahead -= DAY
  writeSync(2, `Date.now changed by ${Math.round((Date.now() - before) / DAY)} days\n`)
})

// SIGHUP rejects a promise that nothing handles, as a library may.
process.on('SIGHUP', () => void Promise.reject(new Error('Nothing handles this.')))
