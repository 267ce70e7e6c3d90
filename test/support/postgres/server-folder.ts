import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { giveToServer } from './server-user.ts'

/**
 * Waits until the process of the tests closes the pipe or ends, however it ends. Then it stops a server that still runs
 * in the folder.
 */
const KEEPER = `
read -r line
[ -f "$1/data/postmaster.pid" ] && kill -s QUIT "$(head -n 1 "$1/data/postmaster.pid")"
`

/** Removes the folder, which the server may still write to for a moment. */
const REMOVER = `
tries=0
until rm -rf "$1" || [ $((tries += 1)) -gt 100 ]; do sleep 0.1; done
`

/** A folder for a PostgreSQL server, which never outlives the process, not even one that is killed. */
export interface ServerFolder {
  readonly path: string
  /** Stops the server, if it still runs, and removes the folder if it is a temporary one. */
  remove(): Promise<void>
}

/** A temporary folder, which does not outlive the process either. */
export function createServerFolder(): ServerFolder {
  return keep(mkdtempSync(join(tmpdir(), 'custos-postgres-')), KEEPER + REMOVER)
}

/** A folder that stays, with what the server stores in it. */
export function keepServerFolder(path: string): ServerFolder {
  mkdirSync(path, { recursive: true })
  return keep(path, KEEPER)
}

function keep(path: string, script: string): ServerFolder {
  const keeper = spawn('sh', ['-c', script, 'keeper', path], {
    // Ctrl-C stops the tests, not the keeper.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  keeper.unref()
  giveToServer(path)
  return {
    path,
    remove: async () => {
      keeper.ref()
      keeper.stdin.end()
      if (keeper.exitCode === null) await once(keeper, 'exit')
    },
  }
}
