// Preloaded into a process of the bot.

const DAY = 86_400_000

// SIGUSR2 sets the host's time of day back by a day.
const real = Date.now
let ahead = 0
Date.now = () => real() + ahead
process.on('SIGUSR2', () => {
  ahead -= DAY
})

// SIGHUP rejects a promise that nothing handles, as a library may.
process.on('SIGHUP', () => void Promise.reject(new Error('Nothing handles this.')))
