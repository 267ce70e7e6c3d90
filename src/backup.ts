import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { ArchiveAddress } from './archive/address.ts'
import { addBackup } from './archive/backup-folder.ts'
import { dump } from './archive/postgres/dump.ts'
import { dumpAdvice } from './archive/postgres/dump-advice.ts'
import { backUp } from './archive/sqlite/file/backup.ts'
import { readArchiveAddress } from './config.ts'
import { messageOf, OperatorError } from './core/errors.ts'
import { pluralize } from './core/text/numbers.ts'
import { readEnvFile } from './process/env-file.ts'

const USAGE =
  'Name the file to copy the archive to: npm run backup -- FILE\n' +
  'Or a folder and how many backups to keep in it, of which the oldest are deleted: npm run backup -- --keep 14 FOLDER'

/** Copies the configured archive, and prints what was copied. */
async function main(args: readonly string[]): Promise<void> {
  const { path, keep } = parse(args)
  readEnvFile('.env', process.env)
  const archive = readArchiveAddress(process.env)
  // npm changes into the project's folder and passes the one it was called in.
  const target = resolve(process.env.INIT_CWD ?? '', path)
  if (keep === undefined) {
    if (archive.type === 'postgres') throw new OperatorError(dumpAdvice(archive, target))
    return print(await copyTo(archive, target))
  }
  const ending = archive.type === 'postgres' ? 'dump' : 'db'
  const options = { folder: target, ending, keep, now: Date.now() } as const
  const { result, deleted } = await addBackup(options, (file) => copyTo(archive, file))
  print(deleted > 0 ? `${result} Deleted ${pluralize(deleted, 'old backup')}.` : result)
}

/** @throws OperatorError that says how to call it */
function parse(args: readonly string[]): { path: string; keep: number | undefined } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { keep: { type: 'string' } },
    })
    const [path, ...more] = positionals
    const isNumber = values.keep === undefined || /^[1-9]\d{0,5}$/.test(values.keep)
    if (path === undefined || more.length > 0 || !isNumber) throw new OperatorError(USAGE)
    return { path, keep: values.keep === undefined ? undefined : Number(values.keep) }
  } catch (error) {
    throw new OperatorError(USAGE, { cause: error })
  }
}

/** @returns a sentence that says what was copied */
async function copyTo(archive: ArchiveAddress, file: string): Promise<string> {
  if (archive.type === 'postgres') {
    const { bytes } = await dump(archive, file, { PATH: process.env.PATH, HOME: process.env.HOME })
    return `Copied ${archive} to ${file}: ${megabytes(bytes)}.`
  }
  if (archive.path === ':memory:') {
    throw new OperatorError('DATABASE_URL is sqlite::memory:, so there is no file to copy.')
  }
  const { bytes, entries } = await backUp(archive.path, file)
  return `Copied ${archive.path} to ${file}: ${pluralize(entries, 'entry', 'entries')}, ${megabytes(bytes)}.`
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

const print = (sentence: string) => void process.stdout.write(`${sentence}\n`)

try {
  await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`)
  process.exitCode = 1
}
