import { resolve } from 'node:path'
import { dumpAdvice } from './archive/postgres/dump-advice.ts'
import { backUp } from './archive/sqlite/file/backup.ts'
import { readArchiveAddress } from './config.ts'
import { OperatorError } from './core/errors.ts'
import { pluralize } from './core/text/numbers.ts'
import { readEnvFile } from './process/env-file.ts'

/** Copies the configured archive to a file and prints what was copied. */
async function main(files: readonly string[]): Promise<void> {
  const [file] = files
  if (file === undefined || files.length > 1) {
    throw new OperatorError('Name the file to copy the archive to: npm run backup -- FILE')
  }
  readEnvFile('.env', process.env)
  const archive = readArchiveAddress(process.env)
  // npm changes into the project's folder and passes the one it was called in.
  const copyPath = resolve(process.env.INIT_CWD ?? '', file)
  if (archive.type === 'postgres') throw new OperatorError(dumpAdvice(archive, copyPath))
  const archivePath = archive.path
  if (archivePath === ':memory:') {
    throw new OperatorError('DATABASE_URL is sqlite::memory:, so there is no file to copy.')
  }
  const { bytes, entries } = await backUp(archivePath, copyPath)
  const size = `${(bytes / 1e6).toFixed(1)} MB`
  process.stdout.write(
    `Copied ${archivePath} to ${copyPath}: ${pluralize(entries, 'entry', 'entries')}, ${size}.\n`,
  )
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof OperatorError ? error.message : String(error)}\n`)
  process.exitCode = 1
}
