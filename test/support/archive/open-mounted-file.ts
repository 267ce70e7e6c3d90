import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { backUp } from '../../../src/archive/sqlite/file/backup.ts'
import { openArchive } from '../../../src/archive/sqlite/open.ts'

/** Mounts an archive as a single file into another folder, opens it there, and writes the result as JSON. */
const [folder = ''] = process.argv.slice(2)
const path = join(folder, 'custos.db')
const elsewhere = join(folder, 'in a container')
const mounted = join(elsewhere, 'custos.db')
await (await openArchive(path)).close()
mkdirSync(elsewhere)
writeFileSync(mounted, '')
execFileSync('mount', ['--bind', path, mounted])
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
const opened = await openArchive(mounted).then(() => 'opened', messageOf)
const copied = await backUp(mounted, join(folder, 'copy.db')).then(() => 'copied', messageOf)
const beside = readdirSync(elsewhere).filter((name) => !name.endsWith('.lock'))
await (await openArchive(path)).close()
process.stdout.write(JSON.stringify({ opened, copied, beside }))
