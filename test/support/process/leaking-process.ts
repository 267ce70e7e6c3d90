import { readFileSync } from 'node:fs'

// Preloaded into a process of the bot: it fails with errors that contain its secrets, as a library may.

function leak(): Error {
  const [token, url] = ['DISCORD_TOKEN_FILE', 'DATABASE_URL_FILE'].map((name) =>
    readFileSync(process.env[name] ?? '', 'utf8').trim(),
  )
  const password = url?.startsWith('postgres') ? decodeURIComponent(new URL(url).password) : ''
  return new Error(`Bot ${token} at ${url} with ${password}`, { cause: new Error(`${token} ${password}`) })
}

// SIGHUP rejects a promise that nothing handles, and SIGUSR2 throws what nothing catches.
process.on('SIGHUP', () => void Promise.reject(leak()))
process.on('SIGUSR2', () => {
  throw leak()
})
