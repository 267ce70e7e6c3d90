import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { codeOf } from '../core/errors.ts'

/**
 * Creates a folder that only its owner can read, and those that it is in. Where no folder can be created, as in `/proc`,
 * Node would try forever if it was to create all of them.
 */
export function createFolder(path: string): void {
  if (existsSync(path)) return
  createFolder(dirname(path))
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}
