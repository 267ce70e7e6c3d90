import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Mounts a disk of 40 MB in a folder, and runs a script. The disk exists only in that process and as long as it runs. */
const COMMAND = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c'] as const
const MOUNT = 'mount -t tmpfs -o size=40m tmpfs "$1"'
const [unshare, ...rest] = COMMAND

/** Whether this machine allows users to mount such disks. */
export function hasSmallDisks(folder: string): boolean {
  return spawnSync(unshare, [...rest, MOUNT, 'sh', folder]).status === 0
}

/**
 * Runs a script of `test/support` with a small disk in the given folder, which is its argument.
 * @returns the JSON that it writes
 */
export function onSmallDisk(script: string, folder: string): unknown {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const run = `${MOUNT} && exec "$2" "$3" "$1"`
  const { stdout, stderr } = spawnSync(unshare, [...rest, run, 'sh', folder, process.execPath, path], {
    encoding: 'utf8',
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}
