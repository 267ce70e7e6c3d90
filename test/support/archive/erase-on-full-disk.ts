import { statfsSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openArchive } from '../../../src/archive/sqlite/open.ts'
import { forget } from './forget.ts'
import { filesContaining, fillWithSecrets, SECRET } from './traces.ts'

/** Erases in an archive on a small disk that has no room for a copy of it, and prints the results as JSON. */
const [folder = ''] = process.argv.slice(2)
const path = join(folder, 'custos.db')
const free = () => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

const archive = await openArchive(path)
await fillWithSecrets(archive, '1', 20_000, 'A reason that stays')
await fillWithSecrets(archive, '2', 500)
await archive.vacuum('log')
const size = 40 * 2 ** 20 - free()
const ballast = join(folder, 'ballast')
writeFileSync(ballast, Buffer.alloc(free() - Math.floor(size * 0.7)))
await forget(archive, '2', '100000')
const before = free()
const failure = await archive.vacuum('file').then(() => 'none', String)
const taken = before - free()
await archive.record([{ guildId: '3', from: 'rest', entries: [], readAt: 1 }])
truncateSync(ballast)
const isDone = await archive.vacuum('file')
const left = filesContaining(path, SECRET)
await archive.close()
process.stdout.write(JSON.stringify({ failure, isFuller: taken > size / 10, isDone, left }))
