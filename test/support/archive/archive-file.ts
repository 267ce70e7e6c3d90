import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { AtEnd } from '../at-end.ts'

/** A path for an archive, in a folder that is removed after the test. */
export function archiveFile(atEnd: AtEnd = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'custos-'))
  atEnd(async () => rmSync(folder, { recursive: true }))
  return join(folder, 'custos.db')
}
