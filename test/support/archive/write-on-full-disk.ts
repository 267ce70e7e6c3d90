import { statfsSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openArchive } from '../../../src/archive/sqlite/open.ts'

/** Checks whether an archive on a full disk can be written, then on one with room, and prints the results as JSON. */
const [folder = ''] = process.argv.slice(2)
const archive = await openArchive(join(folder, 'custos.db'))
const check = () => archive.checkWritable().then(() => 'written', String)
const ballast = join(folder, 'ballast')
const { bavail, bsize } = statfsSync(folder)
writeFileSync(ballast, Buffer.alloc(bavail * bsize))
const full = await check()
truncateSync(ballast)
const free = await check()
await archive.close()
process.stdout.write(JSON.stringify({ full, free }))
