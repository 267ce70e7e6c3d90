import { chownSync, readFileSync } from 'node:fs'

/** Whom a PostgreSQL server runs as: PostgreSQL refuses root, so root has it run as `nobody`. */
export const SERVER_USER: { readonly uid?: number; readonly gid?: number } =
  process.getuid?.() === 0 ? findNobody() : {}

/** The environment of its programs. With a time zone in it, initdb does not compare all zones with the machine's. */
export const SERVER_ENVIRONMENT = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }

/** Makes the server's user the owner of a file or a folder. */
export function giveToServer(path: string): void {
  const { uid, gid } = SERVER_USER
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid)
}

/** initdb wants a user that has a name. */
function findNobody() {
  const line = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))
  if (!line) throw new Error('Root needs a user called nobody to run PostgreSQL as.')
  return { uid: Number(line[1]), gid: Number(line[2]) }
}
